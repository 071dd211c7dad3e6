package io.sichter.config;

import io.sichter.error.Problem;
import io.sichter.text.Text;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** Lays the nodes of one layer over the records below it. What is wrong is noted, and the value below stays. */
final class ConfigBinder {
    private final ConfigProblems problems;
    private final Map<String, Text> locations;
    private final NodeValues values;
    private final NodeLocation location;

    /** Says where a node stands. */
    @FunctionalInterface
    interface NodeLocation {
        Text of(Node node);
    }

    /**
     * Makes one for a layer.
     *
     * @param locations receives where each key was set
     */
    ConfigBinder(ConfigProblems problems, Map<String, Text> locations, NodeLocation location) {
        this.problems = problems;
        this.locations = locations;
        this.location = location;
        this.values = new NodeValues(problems, location);
    }

    /** The section with what the node says laid over it. */
    <R extends Record> R bind(R base, String path, @Nullable Node node) {
        if (node == null || NodeValues.isNull(node)) {
            return base;
        }
        if (!(node instanceof MappingNode mapping)) {
            problems.add(new ConfigProblems.Entry(
                    location.of(node),
                    path.isEmpty() ? Text.of("config.no_keys") : Text.of("config.no_section", path),
                    NodeValues.describe(node),
                    expectedSection(base, path),
                    Text.of("config.no_section.fix")));
            return base;
        }
        Map<String, Object> changes = new HashMap<>();
        Set<String> seen = new HashSet<>();
        List<ConfigKey> keys = ConfigKey.of(base.getClass(), path);
        for (NodeTuple tuple : mapping.getValue()) {
            String name = tuple.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "?";
            Optional<ConfigKey> key =
                    keys.stream().filter(k -> k.name().equals(name)).findFirst();
            if (!seen.add(name)) {
                addDuplicate(tuple, ConfigKey.join(path, name));
            } else if (key.isEmpty()) {
                addUnknown(path, name, tuple, keys);
            } else {
                put(changes, base, key.get(), tuple.getValueNode());
            }
        }
        return copy(base, keys, changes);
    }

    /** The section with one key below it set. The rest is the path as its segments below this section. */
    <R extends Record> R set(R base, String path, List<String> rest, Node node) {
        List<ConfigKey> keys = ConfigKey.of(base.getClass(), path);
        String name = rest.get(0);
        Optional<ConfigKey> found =
                keys.stream().filter(k -> k.name().equals(name)).findFirst();
        if (found.isEmpty() || (rest.size() > 1 && !found.get().isSection())) {
            String full = String.join(".", rest);
            addUnknown(path, full, new NodeTuple(node, node), keys);
            return base;
        }
        Map<String, Object> changes = new HashMap<>();
        if (rest.size() == 1) {
            put(changes, base, found.get(), node);
        } else {
            Record section = (Record) component(base, found.get().component());
            changes.put(name, set(section, found.get().path(), rest.subList(1, rest.size()), node));
        }
        return copy(base, keys, changes);
    }

    private void put(Map<String, Object> changes, Record base, ConfigKey key, Node node) {
        if (isPreset(key, node)) {
            locations.put(key.path(), location.of(node));
            changes.put(key.name(), TransformsConfig.preset(((ScalarNode) node).getValue()));
            return;
        }
        if (key.isSection()) {
            changes.put(key.name(), bind((Record) component(base, key.component()), key.path(), node));
            return;
        }
        locations.put(key.path(), location.of(node));
        values.read(key, node).ifPresent(value -> changes.put(key.name(), value));
    }

    private static Text expectedSection(Record base, String path) {
        Text keys = Text.of("config.no_section.expected", names(ConfigKey.of(base.getClass(), path)));
        return base instanceof TransformsConfig
                ? Text.of("config.no_section.or_preset", keys, String.join(", ", TransformsConfig.presets()))
                : keys;
    }

    /** Whether a word stands for a whole section. */
    private static boolean isPreset(ConfigKey key, Node node) {
        return key.component().getType() == TransformsConfig.class
                && node instanceof ScalarNode word
                && TransformsConfig.presets().contains(word.getValue());
    }

    private void addUnknown(String path, String name, NodeTuple tuple, List<ConfigKey> keys) {
        Text suggestion = ConfigKey.didYouMean(path, name, keys);
        problems.add(new ConfigProblems.Entry(
                location.of(tuple.getKeyNode()),
                Text.of("config.unknown_key", ConfigKey.join(path, name)),
                Text.of("about", name, NodeValues.describe(tuple.getValueNode())),
                path.isEmpty() ? Text.of("config.a_key", names(keys)) : Text.of("config.a_key_of", path, names(keys)),
                suggestion.isEmpty() ? Text.of("config.unknown_key.fix") : suggestion));
    }

    private void addDuplicate(NodeTuple tuple, String path) {
        problems.add(new ConfigProblems.Entry(
                location.of(tuple.getKeyNode()),
                Problem.of("config.twice", path, NodeValues.describe(tuple.getValueNode()))));
    }

    private static String names(List<ConfigKey> keys) {
        return String.join(", ", keys.stream().map(ConfigKey::name).toList());
    }

    /** The value of a component. */
    static Object component(Record section, RecordComponent component) {
        try {
            return component.getAccessor().invoke(section);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("Cannot read " + component, e);
        }
    }

    @SuppressWarnings("unchecked") // the canonical constructor of R's own class makes an R
    private static <R extends Record> R copy(R base, List<ConfigKey> keys, Map<String, Object> changes) {
        Object[] arguments = keys.stream()
                .map(k -> changes.getOrDefault(k.name(), component(base, k.component())))
                .toArray();
        Class<?>[] types = Arrays.stream(base.getClass().getRecordComponents())
                .map(RecordComponent::getType)
                .toArray(Class<?>[]::new);
        try {
            return (R) base.getClass().getDeclaredConstructor(types).newInstance(arguments);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("Cannot make " + base.getClass(), e);
        }
    }
}
