package io.sichter.evaluate;

import io.sichter.config.ConfigReader;
import io.sichter.dataset.ClassIndex;
import io.sichter.dataset.DataFolder;
import io.sichter.dataset.Dataset;
import io.sichter.dataset.Part;
import io.sichter.dataset.Partition;
import io.sichter.dataset.Sample;
import io.sichter.dataset.SplitFile;
import io.sichter.error.DataException;
import io.sichter.error.Problem;
import io.sichter.error.UsageException;
import io.sichter.image.DecodeLimits;
import io.sichter.image.OpenCvDecoder;
import io.sichter.loader.DataLoader;
import io.sichter.metric.ConfusionMatrix;
import io.sichter.run.ModelBundle;
import io.sichter.run.RunDirectory;
import io.sichter.storage.DurableFiles;
import io.sichter.tensor.NativeErrors;
import io.sichter.train.EpochTotals;
import io.sichter.train.ValidationPass;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Judges a trained classifier on labelled pictures, with the very pass that validated it in training. */
public final class Evaluation {
    private static final int BATCH_SIZE = 32;
    private static final int PREFETCH = 3;
    private static final Map<String, Part> PARTS =
            Map.of("train", Part.TRAIN, "val", Part.VALIDATION, "test", Part.TEST);

    private Evaluation() {}

    /** The pictures to judge on, and which they are. */
    private record Chosen(String split, Dataset dataset, String name) {}

    /**
     * Evaluates a run or a bundle. What a run says of each picture is written to {@code predictions/} in its directory:
     * {@code <split>.csv} for its own pictures, {@code <folder>-<split>.csv} for others.
     *
     * @param runOrBundle directory of a run, or a bundle that was moved elsewhere
     * @param data folder of pictures; empty takes those of the run
     * @param split {@code auto} (the validation split of the run's own pictures; of another folder the test split, else
     *     validation, else all), {@code val}, {@code test}, {@code train} or {@code all}
     * @param progress told after each batch
     * @throws UsageException if there is no such split, or a bundle is evaluated without a folder
     * @throws DataException if the folder has no pictures of the model's classes
     */
    public static EvaluationResult of(
            Path runOrBundle, Optional<Path> data, String split, EvaluationListener progress) {
        requireSplit(split);
        try (LoadedModel loaded = LoadedModel.open(runOrBundle).folded()) {
            Chosen chosen = data.isPresent()
                    ? ofFolder(data.get(), loaded, split)
                    : ofRun(runOrBundle, loaded.classes(), split);
            Optional<Path> predictions = ModelBundle.isBundle(runOrBundle)
                    ? Optional.empty()
                    : Optional.of(RunDirectory.open(runOrBundle).predictions(chosen.name()));
            try (Recorder recorder = Recorder.open(predictions, loaded.classes().names(), progress)) {
                return evaluate(loaded, chosen, progress, recorder);
            }
        } catch (RuntimeException e) {
            throw NativeErrors.translate(e);
        }
    }

    /**
     * Evaluates published weights for the 1,000 classes of ImageNet on a folder whose class folders are called by
     * WordNet's ids. The single predictions are not kept: there is no run to keep them in.
     *
     * @throws UsageException if the normalisation is neither named nor recorded with the weights, or there is no such
     *     split
     */
    public static EvaluationResult ofPublished(
            PublishedModel model, Path data, String split, EvaluationListener progress) {
        requireSplit(split);
        try (LoadedModel loaded = LoadedModel.published(model).folded();
                Recorder recorder =
                        Recorder.open(Optional.empty(), loaded.classes().names(), progress)) {
            return evaluate(loaded, ofFolder(data, loaded, split), progress, recorder);
        } catch (RuntimeException e) {
            throw NativeErrors.translate(e);
        }
    }

    private static void requireSplit(String split) {
        if (!split.equals("auto") && !split.equals("all") && !PARTS.containsKey(split)) {
            throw new UsageException(Problem.of("evaluate.unknown_split", split));
        }
    }

    private static EvaluationResult evaluate(
            LoadedModel loaded, Chosen chosen, EvaluationListener progress, Recorder recorder) {
        try (DataLoader loader = DataLoader.builder(
                        chosen.dataset(), new OpenCvDecoder(DecodeLimits.defaults()), loaded.pipeline())
                .batchSize(BATCH_SIZE)
                .prefetch(PREFETCH)
                .build()) {
            ValidationPass pass = new ValidationPass(loaded.engine(), loaded.model());
            ValidationPass.Outcome outcome = pass.over(
                    loader,
                    done -> {
                        progress.progress(done, loader.batches());
                        return true;
                    },
                    recorder);
            EpochTotals totals = outcome.totals();
            ConfusionMatrix confusion = totals.confusion();
            return new EvaluationResult(
                    chosen.split(),
                    (int) confusion.total(),
                    totals.accuracy(),
                    totals.f1Macro(),
                    totals.loss(),
                    EvaluationResult.classResults(confusion, loaded.classes().names()),
                    outcome.skipped().stream()
                            .map(s -> new UnreadableFile(s.id(), s.reason()))
                            .toList(),
                    recorder.commit());
        }
    }

    private static Chosen ofRun(Path path, ClassIndex classes, String split) {
        if (ModelBundle.isBundle(path)) {
            throw new UsageException(Problem.of("evaluate.no_pictures_of_its_own", path));
        }
        RunDirectory run = RunDirectory.open(path);
        Path root =
                DataFolder.rootOf(Path.of(ConfigReader.read(run.config()).data().path()));
        Partition partition = SplitFile.read(DurableFiles.read(run.split()), classes, root);
        String chosen = split.equals("auto") ? "val" : split;
        if (chosen.equals("all")) {
            List<Sample> all = new ArrayList<>();
            for (Part part : Part.values()) {
                all.addAll(partition.samples(part));
            }
            return new Chosen(chosen, new Dataset(classes, all), chosen);
        }
        Dataset dataset = partition.dataset(PARTS.getOrDefault(chosen, Part.VALIDATION));
        return new Chosen(chosen, notEmpty(dataset, chosen, root), chosen);
    }

    private static Chosen ofFolder(Path root, LoadedModel loaded, String split) {
        ClassIndex classes = loaded.classes();
        DataFolder folder = DataFolder.open(root, classes, loaded.bundle().renaming());
        boolean flat = folder.layout() == DataFolder.Layout.CLASSES;
        if (split.equals("all") || (split.equals("auto") && flat)) {
            return new Chosen("all", new Dataset(classes, folder.samples()), name(root, "all"));
        }
        Part part = split.equals("auto") ? folder.evaluationPart() : PARTS.getOrDefault(split, Part.TEST);
        if (flat || !folder.has(part)) {
            throw new UsageException(Problem.of(flat ? "evaluate.not_split" : "evaluate.no_such_split", split, root));
        }
        return new Chosen(part.label(), notEmpty(folder.dataset(part), part.label(), root), name(root, part.label()));
    }

    /** A file name for the pictures of a folder; never that of a split of the run, for it has a hyphen. */
    private static String name(Path root, String split) {
        String folder = String.valueOf(root.toAbsolutePath().normalize().getFileName());
        return folder.replaceAll("[^\\p{L}\\p{N}._-]", "_") + "-" + split;
    }

    private static Dataset notEmpty(Dataset dataset, String split, Path root) {
        if (dataset.size() == 0) {
            throw new DataException(Problem.of("evaluate.empty_split", split, root));
        }
        return dataset;
    }
}
