package io.sichter.train;

import io.sichter.config.Normalization;
import io.sichter.config.RunConfig;
import io.sichter.error.Problem;
import io.sichter.error.UsageException;
import io.sichter.event.TrainEvent;
import io.sichter.event.TrainListener;
import io.sichter.model.Classifier;
import io.sichter.model.PretrainedWeights;
import io.sichter.model.PretrainedWeights.FirstLayer;
import io.sichter.model.PretrainedWeights.Head;
import io.sichter.model.PretrainedWeights.Report;
import io.sichter.storage.WeightsFile;
import io.sichter.text.Text;
import java.nio.file.Path;
import java.util.Optional;

/** Published weights that a run begins with, and the normalisation that belongs to them. */
final class StartingWeights {
    private final WeightsFile file;

    private StartingWeights(WeightsFile file) {
        this.file = file;
    }

    /** Reads the file that the configuration names. */
    static StartingWeights of(RunConfig config) {
        return new StartingWeights(WeightsFile.read(Path.of(config.model().weights())));
    }

    /**
     * The normalisation that the weights have learnt with, for {@code transforms.normalize=auto}. One that was asked for
     * by name is taken as it is; where the weights say otherwise, that is said.
     *
     * @throws UsageException if it is asked for and nothing is recorded with the weights: it is never assumed
     */
    Optional<Normalization> normalization(RunConfig config, TrainListener listener) {
        String asked = config.transforms().normalize();
        Optional<Normalization> recorded = file.statistics().map(s -> new Normalization(s.mean(), s.std()));
        if (asked.equals(Normalization.AUTO)) {
            return Optional.of(
                    recorded.orElseThrow(() -> new UsageException(Problem.of("weights.no_statistics", file.file()))));
        }
        Optional<Normalization> given =
                Normalization.fixed(asked, config.model().channels());
        recorded.filter(other -> !given.equals(Optional.of(other)))
                .ifPresent(other ->
                        listener.on(new TrainEvent.Advice(Text.of("weights.other_statistics", asked, other.text()))));
        return Optional.empty();
    }

    /**
     * Puts the weights into the network; the classifier stays new where the classes are others.
     *
     * @return what was done, for people
     */
    Text loadInto(Classifier model) {
        Report report = new PretrainedWeights(file).loadInto(model, new Head.Replaced(), FirstLayer.EXACT);
        return report.head().isPresent()
                ? Text.of(
                        "weights.head_replaced",
                        file.file(),
                        report.loaded(),
                        report.head().get(),
                        model.numClasses(),
                        report.publishedClasses())
                : Text.of("weights.loaded", file.file(), report.loaded());
    }
}
