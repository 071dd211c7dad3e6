package io.sichter.train;

import io.sichter.config.ConfigLayer;
import io.sichter.config.ConfigReader;
import io.sichter.config.RunConfig;
import io.sichter.config.TransformsConfig;
import io.sichter.error.Problem;
import io.sichter.error.UsageException;
import io.sichter.model.Classifier;
import io.sichter.model.PretrainedWeights;
import io.sichter.model.PretrainedWeights.FirstLayer;
import io.sichter.model.PretrainedWeights.Head;
import io.sichter.model.PretrainedWeights.Report;
import io.sichter.storage.WeightsFile;
import io.sichter.storage.WeightsFile.Statistics;
import io.sichter.text.Text;
import java.nio.file.Path;
import java.util.List;

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
     * The configuration with the normalisation recorded with the weights, unless it says that its own is right.
     *
     * @throws UsageException if nothing is recorded, or the configuration says another one
     */
    RunConfig normalised(RunConfig config) {
        if (config.model().weightsInput().equals("configured")) {
            return config;
        }
        Statistics recorded = file.statistics()
                .orElseThrow(() -> new UsageException(Problem.of("weights.no_statistics", file.file())));
        TransformsConfig transforms = config.transforms();
        Statistics configured = new Statistics(transforms.mean(), transforms.std());
        TransformsConfig usual = TransformsConfig.defaults();
        if (!configured.equals(recorded) && !configured.equals(new Statistics(usual.mean(), usual.std()))) {
            throw new UsageException(Problem.of(
                    "weights.other_statistics",
                    transforms.mean(),
                    transforms.std(),
                    recorded.mean(),
                    recorded.std(),
                    file.file()));
        }
        return ConfigReader.resolve(
                config,
                List.of(
                        new ConfigLayer.Setting(
                                "weights", "transforms.mean", recorded.mean().toString()),
                        new ConfigLayer.Setting(
                                "weights", "transforms.std", recorded.std().toString())));
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
