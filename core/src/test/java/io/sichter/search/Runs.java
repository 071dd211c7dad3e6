package io.sichter.search;

import io.sichter.Configs;
import io.sichter.config.RunConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Configurations of runs that are over in a moment. */
final class Runs {
    private Runs() {}

    /** A small network on small pictures, two epochs, and settings that override that. */
    static RunConfig config(Path data, Path runs, String... settings) {
        List<String> all = new ArrayList<>(List.of(
                "data.path=" + data,
                "runs_dir=" + runs,
                "model.name=simple_cnn",
                "model.image_size=16",
                "train.epochs=2",
                "runtime.threads=1",
                "runtime.precision=fp32",
                "loader.batch_size=9"));
        for (String setting : settings) {
            String key = setting.substring(0, setting.indexOf('=') + 1);
            all.removeIf(other -> other.startsWith(key));
            all.add(setting);
        }
        return Configs.of(all.toArray(String[]::new));
    }
}
