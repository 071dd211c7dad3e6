package io.sichter.cli;

import io.sichter.config.ConfigLayer;
import io.sichter.config.ConfigReader;
import io.sichter.config.Recipes;
import io.sichter.config.RunConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * The options of training, in an order of our own, for reflection has none. Each is another name of a configuration key, which says what values it
 * takes.
 */
final class RunOptions {
    private final Map<String, ConfigLayer.Setting> settings = new LinkedHashMap<>();
    private @Nullable Path file;
    private @Nullable String recipeName;

    @Mixin
    private RecipeOptions recipe = new RecipeOptions();

    @Mixin
    private TransferOptions transfer = new TransferOptions();

    /** The configuration: the defaults, the recipe, the file, then what the command line says. */
    RunConfig resolve(List<ConfigLayer> assignments) {
        return ConfigReader.resolve(RunConfig.defaults(), layers(assignments));
    }

    /** What lies over the defaults, the least specific first. */
    List<ConfigLayer> layers(List<ConfigLayer> assignments) {
        List<ConfigLayer> layers = new ArrayList<>();
        if (recipeName != null) {
            layers.add(Recipes.layer(recipeName));
        }
        if (file != null) {
            layers.add(ConfigLayer.file(file));
        }
        layers.addAll(settings.values());
        layers.addAll(recipe.settings());
        layers.addAll(transfer.settings());
        layers.addAll(assignments);
        return layers;
    }

    @Option(names = "--recipe", paramLabel = "NAME", order = -100)
    void recipe(String value) {
        recipeName = value;
    }

    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            order = -82)
    void file(Path value) {
        file = value;
    }

    @Option(names = "--model", paramLabel = "NAME", order = -99)
    void model(String value) {
        set("--model", "model.name", value);
    }

    @Option(names = "--epochs", paramLabel = "N", order = -98)
    void epochs(String value) {
        set("--epochs", "train.epochs", value);
    }

    @Option(names = "--image-size", paramLabel = "N", order = -97)
    void imageSize(String value) {
        set("--image-size", "model.image_size", value);
    }

    @Option(names = "--batch-size", paramLabel = "N", order = -96)
    void batchSize(String value) {
        set("--batch-size", "loader.batch_size", value);
    }

    @Option(names = "--optimizer", paramLabel = "NAME", order = -95)
    void optimizer(String value) {
        set("--optimizer", "optimizer.name", value);
    }

    @Option(names = "--lr", paramLabel = "X", order = -94)
    void lr(String value) {
        set("--lr", "optimizer.lr", value);
    }

    @Option(names = "--transforms", paramLabel = "NAME", order = -85)
    void transforms(String value) {
        set("--transforms", "transforms", value);
    }

    @Option(names = "--normalize", paramLabel = "HOW", order = -84)
    void normalize(String value) {
        set("--normalize", "transforms.normalize", value);
    }

    @Option(names = "--balance", paramLabel = "HOW", order = -83)
    void balance(String value) {
        set("--balance", "balance.mode", value);
    }

    @Option(names = "--seed", paramLabel = "N", order = -93)
    void seed(String value) {
        set("--seed", "seed", value);
    }

    @Option(names = "--workers", paramLabel = "N", order = -92)
    void workers(String value) {
        set("--workers", "loader.workers", value);
    }

    @Option(names = "--device", paramLabel = "NAME", order = -91)
    void device(String value) {
        set("--device", "runtime.device", value);
    }

    @Option(names = "--precision", paramLabel = "NAME", order = -90)
    void precision(String value) {
        set("--precision", "runtime.precision", value);
    }

    @Option(names = "--threads", paramLabel = "N", order = -89)
    void threads(String value) {
        set("--threads", "runtime.threads", value);
    }

    @Option(names = "--runs-dir", paramLabel = "DIR", order = -88)
    void runsDir(String value) {
        set("--runs-dir", "runs_dir", value);
    }

    @Option(names = "--name", paramLabel = "NAME", order = -87)
    void name(String value) {
        set("--name", "run_name", value);
    }

    @Option(names = "--exist-ok", order = -86)
    void existOk(boolean value) {
        set("--exist-ok", "exist_ok", Boolean.toString(value));
    }

    @Option(names = "--weights", paramLabel = "WHICH", order = -79)
    void weights(String value) {
        set("--weights", "model.weights", value);
    }

    private void set(String option, String key, String value) {
        settings.put(key, new ConfigLayer.Setting(option, key, value));
    }
}
