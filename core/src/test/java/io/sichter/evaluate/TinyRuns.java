package io.sichter.evaluate;

import io.sichter.config.ConfigLayer;
import io.sichter.config.ConfigReader;
import io.sichter.config.RunConfig;
import io.sichter.train.StopSignal;
import io.sichter.train.Training;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Runs of a small network on small pictures. */
final class TinyRuns {
    private TinyRuns() {}

    /** Trains one, and returns its directory. */
    static Path train(Path folder, Path pictures, String name, String... settings) {
        List<ConfigLayer> layers = new ArrayList<>();
        for (String setting : new String[] {
            "data.path=" + pictures,
            "runs_dir=" + folder.resolve("runs"),
            "run_name=" + name,
            "model.name=simple_cnn",
            "model.image_size=16",
            "runtime.threads=1",
            "loader.batch_size=10",
            "runtime.precision=fp32",
            "optimizer.lr=1e-3",
            "train.epochs=1"
        }) {
            String key = setting.substring(0, setting.indexOf('=') + 1);
            if (Arrays.stream(settings).noneMatch(own -> own.startsWith(key))) {
                layers.add(ConfigLayer.assignment(setting));
            }
        }
        Arrays.stream(settings).map(ConfigLayer::assignment).forEach(layers::add);
        return Training.start(ConfigReader.resolve(RunConfig.defaults(), layers), new StopSignal(), List.of())
                .run();
    }
}
