package io.sichter.train;

import io.sichter.config.ConfigLayer;
import io.sichter.config.ConfigReader;
import io.sichter.config.RunConfig;
import io.sichter.error.Problem;
import io.sichter.error.UsageException;
import io.sichter.run.CheckpointStore;
import io.sichter.schedule.Schedules;
import java.util.List;
import java.util.Optional;

/** What a new number of epochs means for a run that has already begun. */
final class Replan {
    private Replan() {}

    /**
     * The configuration for going on.
     *
     * @throws UsageException if the new length is below what is done, or would move a schedule that was planned for the
     *     old length without being told to
     */
    static RunConfig apply(RunConfig config, ResumeOptions options, Optional<CheckpointStore.Loaded> loaded) {
        int old = config.train().epochs();
        int epochs = options.epochs().orElse(old);
        if (epochs == old) {
            return config;
        }
        int done = loaded.map(l -> l.state().epochsDone()).orElse(0);
        if (epochs < Math.max(1, done)) {
            throw new UsageException(Problem.of("train.done_more", epochs, Math.max(1, done)));
        }
        if (config.transfer().fineTune()) {
            throw new UsageException(Problem.of("transfer.replan", epochs));
        }
        boolean averaging =
                config.train().averageLast() > 0 && done > old - config.train().averageLast();
        if (!config.train().stages().isEmpty() || averaging) {
            throw new UsageException(Problem.of("training.replan", epochs, averaging ? "average_last" : "progressive"));
        }
        boolean dependsOnLength = Schedules.dependsOnLength(config.schedule().name());
        if (dependsOnLength && done > 0 && !options.replan()) {
            throw new UsageException(
                    Problem.of("train.replan", epochs, config.schedule().name(), old, done));
        }
        return ConfigReader.resolve(
                config, List.of(new ConfigLayer.Setting("--epochs", "train.epochs", Integer.toString(epochs))));
    }
}
