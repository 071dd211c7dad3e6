package io.sichter.config;

import io.sichter.error.Problem;
import io.sichter.text.Text;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * YAML and command-line settings to a {@link RunConfig}. Every key is checked for its name, kind and range and the whole
 * for contradictions; all that is wrong is reported in one message, each with where it stands.
 */
public final class ConfigReader {
    private ConfigReader() {}

    /**
     * Reads a configuration file over the defaults; a {@code run.yaml}, which names every key, gives the record that
     * was written.
     *
     * @throws io.sichter.error.UsageException if there is no such file, or for all its problems together
     * @throws io.sichter.error.StorageException if it exists but cannot be read
     */
    public static RunConfig read(Path file) {
        return resolve(RunConfig.defaults(), List.of(ConfigLayer.file(file)));
    }

    /**
     * Lays layers over a base, the later ones over the earlier ones. Two settings of the same key on the command line
     * that disagree are a mistake, not an order.
     *
     * @throws io.sichter.error.UsageException for all problems together, each with its location
     */
    public static RunConfig resolve(RunConfig base, List<ConfigLayer> layers) {
        return resolve(base, layers, new HashMap<>());
    }

    /** As {@link #resolve(RunConfig, List)}; the map receives where each key was said last, by its path. */
    static RunConfig resolve(RunConfig base, List<ConfigLayer> layers, Map<String, Text> locations) {
        ConfigProblems problems = new ConfigProblems();
        Map<String, ConfigLayer.Setting> settings = new HashMap<>();
        RunConfig config = base;
        for (ConfigLayer layer : layers) {
            if (layer instanceof ConfigLayer.Document document) {
                ConfigBinder binder = new ConfigBinder(
                        problems,
                        locations,
                        n -> YamlDocument.locate(Text.verbatim(document.source()), n.getStartMark()));
                Node root = YamlDocument.parse(Text.verbatim(document.source()), document.yaml(), problems);
                config = binder.bind(config, "", root);
            } else if (layer instanceof ConfigLayer.Setting setting && isFirst(setting, settings, problems)) {
                config = apply(config, setting, problems, locations);
            }
        }
        config = lengthOfStages(config, problems, locations);
        config = ratesOfFineTuning(config, problems, locations);
        ConfigRules.check(config, locations, problems);
        problems.throwIfAny();
        return config;
    }

    /** Stages say how long a training is and where it ends; who said it otherwise is told by a rule. */
    private static RunConfig lengthOfStages(RunConfig config, ConfigProblems problems, Map<String, Text> locations) {
        if (config.train().progressive().isEmpty()
                || TrainRules.damagedStage(config).isPresent()) {
            return config;
        }
        List<TrainStage> stages = config.train().stages();
        int epochs = stages.stream().mapToInt(TrainStage::epochs).sum();
        int size = stages.get(stages.size() - 1).size();
        RunConfig fitted = config;
        if (!locations.containsKey("train.epochs")) {
            fitted = apply(fitted, derived("train.epochs", epochs), problems, new HashMap<>());
        }
        if (!locations.containsKey("model.image_size")) {
            fitted = apply(fitted, derived("model.image_size", size), problems, new HashMap<>());
        }
        return fitted;
    }

    /** Fine-tuning has rates of its own where none were named. */
    private static RunConfig ratesOfFineTuning(RunConfig config, ConfigProblems problems, Map<String, Text> locations) {
        if (!config.transfer().fineTune() || !locations.containsKey("transfer.fine_tune")) {
            return config;
        }
        RunConfig fitted = config;
        for (ConfigLayer.Setting rate : TransferConfig.rates(config.optimizer())) {
            if (!locations.containsKey(rate.key())) {
                fitted = apply(fitted, rate, problems, new HashMap<>());
            }
        }
        return fitted;
    }

    private static ConfigLayer.Setting derived(String key, int value) {
        return new ConfigLayer.Setting("train.progressive", key, Integer.toString(value));
    }

    private static boolean isFirst(
            ConfigLayer.Setting setting, Map<String, ConfigLayer.Setting> settings, ConfigProblems problems) {
        ConfigLayer.Setting earlier = settings.putIfAbsent(setting.key(), setting);
        if (earlier == null || earlier.value().equals(setting.value())) {
            return earlier == null;
        }
        problems.add(new ConfigProblems.Entry(
                setting.origin(),
                Problem.of(
                        "config.set_twice",
                        setting.key(),
                        earlier.value(),
                        earlier.origin(),
                        setting.value(),
                        setting.origin())));
        return false;
    }

    private static RunConfig apply(
            RunConfig config, ConfigLayer.Setting setting, ConfigProblems problems, Map<String, Text> locations) {
        List<String> segments = List.of(setting.key().split("\\.", -1));
        Node node = holdsText(setting.key())
                ? new ScalarNode(Tag.STR, setting.value(), ScalarStyle.DOUBLE_QUOTED)
                : flow(setting, problems);
        if (node == null) {
            return config;
        }
        return new ConfigBinder(problems, locations, n -> setting.origin()).set(config, "", segments, node);
    }

    private static @Nullable Node flow(ConfigLayer.Setting setting, ConfigProblems problems) {
        if (setting.value().isBlank()) {
            return new ScalarNode(Tag.NULL, "", ScalarStyle.PLAIN);
        }
        return YamlDocument.parse(Text.of("about", setting.origin(), setting.key()), setting.value(), problems);
    }

    /** Text is taken as it is: a path may hold anything that YAML gives a meaning to. */
    private static boolean holdsText(String path) {
        List<ConfigKey> keys = new ArrayList<>(ConfigKey.of(RunConfig.class, ""));
        for (int i = 0; i < keys.size(); i++) {
            ConfigKey key = keys.get(i);
            if (key.isSection()) {
                keys.addAll(ConfigKey.of(key.component().getType(), key.path()));
            } else if (key.path().equals(path)) {
                return key.component().getType() == String.class;
            }
        }
        return false;
    }
}
