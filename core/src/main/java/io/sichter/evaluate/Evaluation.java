package io.sichter.evaluate;

import io.sichter.dataset.ImageNet;
import io.sichter.error.DataException;
import io.sichter.error.UsageException;
import io.sichter.image.DecodeLimits;
import io.sichter.image.OpenCvDecoder;
import io.sichter.loader.Batch;
import io.sichter.loader.DataLoader;
import io.sichter.metric.ConfusionMatrix;
import io.sichter.metric.Figures;
import io.sichter.run.ModelBundle;
import io.sichter.run.RunDirectory;
import io.sichter.tensor.NativeErrors;
import io.sichter.train.ValidationPass;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** Judges a trained classifier on labelled pictures, with the very pass that validated it in training. */
public final class Evaluation {
    static final int BATCH_SIZE = 32;
    static final int PREFETCH = 3;

    private Evaluation() {}

    /** Evaluates a run or a bundle: {@link #of(Path, Optional, EvaluationOptions, EvaluationListener)} for a split. */
    public static EvaluationResult of(
            Path runOrBundle, Optional<Path> data, String split, EvaluationListener progress) {
        return of(runOrBundle, data, EvaluationOptions.defaults().split(split), progress);
    }

    /**
     * Evaluates a run or a bundle. What a run says of each picture is written to {@code predictions/} in its
     * directory: {@code <split>.csv} for its own pictures, {@code <folder>-<split>.csv} for others; with test-time
     * augmentation {@code -tta} follows.
     *
     * @param runOrBundle directory of a run, or a bundle wherever it lies
     * @param data folder of pictures; empty takes those of the run
     * @param options which split, how often to look, and what to look at
     * @param progress told after each batch
     * @throws UsageException if there is no such split, property or view, or a bundle is evaluated without a folder
     * @throws DataException if the folder has no pictures of the model's classes
     */
    public static EvaluationResult of(
            Path runOrBundle, Optional<Path> data, EvaluationOptions options, EvaluationListener progress) {
        String split = options.split();
        ChosenPictures.requireSplit(split);
        try (Views views = Views.open(runOrBundle, options.tta())) {
            ChosenPictures chosen = data.isPresent()
                    ? ChosenPictures.ofFolder(data.get(), views.loaded(), split)
                    : ChosenPictures.ofRun(runOrBundle, views.loaded().classes(), split);
            boolean once = options.tta().kind() == TestTimeAugmentation.Kind.NONE;
            Optional<Path> predictions = ModelBundle.isBundle(runOrBundle)
                    ? Optional.empty()
                    : Optional.of(RunDirectory.open(runOrBundle).predictions(chosen.name() + (once ? "" : "-tta")));
            try (Recorder recorder =
                    Recorder.open(predictions, views.loaded().classes().names(), progress)) {
                return evaluate(views, chosen, options, progress, recorder);
            }
        } catch (RuntimeException e) {
            throw NativeErrors.translate(e);
        }
    }

    /**
     * Evaluates published weights on a folder whose class folders are called as the weights call their classes: those of
     * ImageNet by WordNet's ids. The single predictions are not kept: there is no run to keep them in.
     *
     * @throws UsageException if the normalisation is neither named nor recorded with the weights, or there is no such
     *     split
     */
    public static EvaluationResult ofPublished(
            PublishedModel model, Path data, EvaluationOptions options, EvaluationListener progress) {
        ChosenPictures.requireSplit(options.split());
        try (Views views = Views.ofPublished(model, ImageNet.wordNetIds(), options.tta());
                Recorder recorder =
                        Recorder.open(Optional.empty(), views.loaded().classes().names(), progress)) {
            ChosenPictures chosen = ChosenPictures.ofFolder(data, views.loaded(), options.split());
            return evaluate(views, chosen, options, progress, recorder);
        } catch (RuntimeException e) {
            throw NativeErrors.translate(e);
        }
    }

    private static EvaluationResult evaluate(
            Views views,
            ChosenPictures chosen,
            EvaluationOptions options,
            EvaluationListener progress,
            Recorder recorder) {
        Judging judging = new Judging(chosen.dataset(), options, new OpenCvDecoder(DecodeLimits.defaults()), recorder);
        if (views.all().size() > 1) {
            BlendedPass pass = new BlendedPass(views, chosen.dataset(), judging.decoder());
            pass.run(progress, judging);
            ViewGain gain = judging.gain(views, pass);
            gain.advice().ifPresent(progress::advice);
            return result(
                    chosen,
                    judging,
                    judging.findings(Optional.of(gain)),
                    OptionalDouble.empty(),
                    pass.skipped(),
                    recorder);
        }
        LoadedModel loaded = views.loaded();
        try (DataLoader loader = DataLoader.builder(chosen.dataset(), judging.decoder(), loaded.pipeline())
                .batchSize(BATCH_SIZE)
                .prefetch(PREFETCH)
                .build()) {
            ValidationPass.Outcome outcome = new ValidationPass(loaded.engine(), loaded.model())
                    .over(
                            loader,
                            done -> {
                                progress.progress(done, loader.batches());
                                return true;
                            },
                            judging);
            OptionalDouble loss = OptionalDouble.of(outcome.totals().loss());
            return result(chosen, judging, judging.findings(Optional.empty()), loss, outcome.skipped(), recorder);
        }
    }

    private static EvaluationResult result(
            ChosenPictures chosen,
            Judging judging,
            Findings findings,
            OptionalDouble loss,
            List<Batch.Skipped> skipped,
            Recorder recorder) {
        ConfusionMatrix confusion = judging.confusion();
        return new EvaluationResult(
                chosen.split(),
                (int) confusion.total(),
                confusion.accuracy(),
                confusion.f1Macro(),
                loss.orElseGet(() -> findings.figures()
                        .find("log_loss")
                        .map(Figures.Figure::value)
                        .orElse(Double.NaN)),
                EvaluationResult.classResults(
                        confusion, chosen.dataset().classes().names()),
                skipped.stream()
                        .map(s -> new UnreadableFile(s.id(), s.reason()))
                        .toList(),
                recorder.commit(),
                findings);
    }
}
