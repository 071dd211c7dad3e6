package io.sichter.train;

import io.sichter.config.ConfigLayer;
import io.sichter.config.ConfigReader;
import io.sichter.config.RunConfig;
import io.sichter.event.TrainEvent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** A process of its own that starts the run named by its arguments, or goes on with it where it exists. */
public final class ChildRun {
    private ChildRun() {}

    /**
     * Trains.
     *
     * @param args run directory, a file that is made with the first step of this process, then the settings
     */
    public static void main(String[] args) throws Exception {
        Path run = Path.of(args[0]);
        Path started = Path.of(args[1]);
        List<io.sichter.event.TrainListener> listeners = List.of(event -> {
            if (event instanceof TrainEvent.StepDone && !Files.exists(started)) {
                try {
                    Files.createFile(started);
                } catch (java.io.IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            }
        });
        if (Files.exists(run.resolve("run.yaml"))) {
            Training.resume(run, ResumeOptions.none(), new StopSignal(), listeners);
        } else {
            List<ConfigLayer> layers =
                    Arrays.stream(args).skip(2).map(ConfigLayer::assignment).toList();
            Training.start(ConfigReader.resolve(RunConfig.defaults(), layers), new StopSignal(), listeners);
        }
    }
}
