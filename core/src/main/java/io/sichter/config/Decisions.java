package io.sichter.config;

import io.sichter.text.Text;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Who has decided what: of a configuration that was made of layers, every key with its value and where that was said.
 *
 * @param config the configuration
 * @param keys in the order of the file
 */
public record Decisions(RunConfig config, List<Decision> keys) {
    /** What shapes a training most, and is shown also where nobody has said anything. */
    private static final Set<String> ESSENTIAL = Set.of(
            "seed",
            "data.split",
            "data.val_fraction",
            "model.name",
            "model.image_size",
            "model.weights",
            "transforms.train",
            "transforms.normalize",
            "loader.batch_size",
            "balance.mode",
            "train.epochs",
            "train.monitor",
            "train.accumulate",
            "train.ema",
            "train.clip",
            "loss.name",
            "loss.label_smoothing",
            "mix.mixup",
            "mix.cutmix",
            "optimizer.name",
            "optimizer.lr",
            "optimizer.weight_decay",
            "schedule.name",
            "schedule.warmup_epochs",
            "early_stop.patience",
            "runtime.device",
            "runtime.precision");

    /**
     * One key.
     *
     * @param key dotted path
     * @param value as a file would say it
     * @param by who said so last: an option, the place in a file or a recipe; empty for the defaults
     */
    public record Decision(String key, String value, Text by) {
        /** Whether it is as when nothing is said. */
        public boolean byDefault() {
            return by.isEmpty();
        }
    }

    /** Copies the list. */
    public Decisions {
        keys = List.copyOf(keys);
    }

    /**
     * Lays layers over the defaults, as {@link ConfigReader#resolve} does, and remembers who said what.
     *
     * @throws io.sichter.error.UsageException for all problems together
     */
    public static Decisions of(List<ConfigLayer> layers) {
        Map<String, Text> locations = new HashMap<>();
        RunConfig config = ConfigReader.resolve(RunConfig.defaults(), layers, locations);
        List<Decision> keys = new ArrayList<>();
        add(config, "", locations, keys);
        return new Decisions(config, keys);
    }

    private static void add(Record section, String path, Map<String, Text> locations, List<Decision> keys) {
        Text whole = locations.getOrDefault(path, Text.empty()); // of a section that was named by a word
        for (ConfigKey key : ConfigKey.of(section.getClass(), path)) {
            Object value = ConfigBinder.component(section, key.component());
            if (value instanceof Record nested) {
                add(nested, key.path(), locations, keys);
            } else {
                keys.add(new Decision(
                        key.path(), ConfigWriter.inline(value), locations.getOrDefault(key.path(), whole)));
            }
        }
    }

    /** What is worth showing: everything that somebody has said, and the essential of the rest. */
    public List<Decision> shown() {
        return keys.stream()
                .filter(d -> !d.byDefault() || ESSENTIAL.contains(d.key()))
                .toList();
    }
}
