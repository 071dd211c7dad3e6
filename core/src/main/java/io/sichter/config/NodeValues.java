package io.sichter.config;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Nodes to the values that keys hold, checked against the annotations of the key. */
final class NodeValues {
    private static final Pattern INTEGER = Pattern.compile("[-+]?[0-9]{1,30}");
    private static final Pattern NUMBER = Pattern.compile("[-+]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][-+]?[0-9]{1,4})?");

    private final ConfigProblems problems;
    private final ConfigBinder.NodeLocation location;

    NodeValues(ConfigProblems problems, ConfigBinder.NodeLocation location) {
        this.problems = problems;
        this.location = location;
    }

    /** Whether the node says nothing: empty, {@code ~} or {@code null}. */
    static boolean isNull(Node node) {
        return node instanceof ScalarNode scalar
                && scalar.isPlain()
                && List.of("", "~", "null", "Null", "NULL").contains(scalar.getValue());
    }

    /** A node in a few words, for messages. */
    static String describe(Node node) {
        if (isNull(node)) {
            return "nothing";
        }
        if (node instanceof ScalarNode scalar) {
            String text = scalar.getValue().replace("\n", "\\n");
            return text.isEmpty() ? "\"\"" : text.length() > 80 ? text.substring(0, 80) + "..." : text;
        }
        return node instanceof SequenceNode ? "a list" : "a section";
    }

    /** The value of the node for the key; empty after a problem was noted. */
    Optional<Object> read(ConfigKey key, Node node) {
        Class<?> type = key.component().getType();
        if (type == List.class) {
            return readList(key, node);
        }
        Object value = scalar(type, node);
        if (value == null) {
            addWrong(key, node, "Key \"" + key.path() + "\" has a value of the wrong kind");
            return Optional.empty();
        }
        return check(key, value, node) ? Optional.of(value) : Optional.empty();
    }

    private Optional<Object> readList(ConfigKey key, Node node) {
        if (!(node instanceof SequenceNode sequence)) {
            addWrong(key, node, "Key \"" + key.path() + "\" needs a list");
            return Optional.empty();
        }
        List<Object> list = new ArrayList<>();
        boolean good = true;
        for (Node item : sequence.getValue()) {
            Object value = key.elementType() == TransformSpec.class ? transform(item) : scalar(key.elementType(), item);
            if (value == null) {
                addWrong(key, item, "Key \"" + key.path() + "\" has an element of the wrong kind");
                good = false;
            } else if (check(key, value, item)) {
                list.add(value);
            } else {
                good = false;
            }
        }
        return good ? Optional.of(list) : Optional.empty();
    }

    private static @Nullable Object scalar(Class<?> type, Node node) {
        if (!(node instanceof ScalarNode scalar) || isNull(node)) {
            return null;
        }
        String text = scalar.getValue();
        if (type == String.class) {
            return text;
        }
        if (!scalar.isPlain()) {
            return null;
        }
        if (type == boolean.class) {
            return text.equals("true") ? Boolean.TRUE : text.equals("false") ? Boolean.FALSE : null;
        }
        if (type == int.class || type == Integer.class || type == long.class) {
            return integer(type, text);
        }
        if (NUMBER.matcher(text).matches()) {
            double value = Double.parseDouble(text);
            return Double.isFinite(value) ? value : null;
        }
        return null;
    }

    private static @Nullable Object integer(Class<?> type, String text) {
        if (!INTEGER.matcher(text).matches()) {
            return null;
        }
        BigInteger value = new BigInteger(text);
        if (type == long.class) {
            return value.bitLength() < Long.SIZE ? value.longValue() : null;
        }
        return value.bitLength() < Integer.SIZE ? value.intValue() : null;
    }

    private boolean check(ConfigKey key, Object value, Node node) {
        if (value instanceof Number number && !key.inRange(number.doubleValue())) {
            addWrong(key, node, "Key \"" + key.path() + "\" is out of range");
            return false;
        }
        OneOf words = key.component().getAnnotation(OneOf.class);
        if (words != null
                && value instanceof String text
                && !List.of(words.value()).contains(text)) {
            String suggestion = io.sichter.registry.Suggestion.didYouMean(text, List.of(words.value()));
            problems.add(new ConfigProblems.Entry(
                    location.of(node),
                    "Key \"" + key.path() + "\" has an unknown value",
                    describe(node),
                    key.allowed(),
                    suggestion.isEmpty() ? "Choose one of the words above" : suggestion));
            return false;
        }
        return true;
    }

    private void addWrong(ConfigKey key, Node node, String problem) {
        problems.add(new ConfigProblems.Entry(
                location.of(node),
                problem,
                describe(node),
                expected(key),
                "Change the value of " + key.path() + "; sichter config prints it with its meaning"));
    }

    private static String expected(ConfigKey key) {
        Class<?> type = key.component().getType();
        Class<?> single = type == List.class ? key.elementType() : type;
        String kind = single == TransformSpec.class
                ? "transforms like \"- random_rotation: {degrees: 10}\""
                : single == String.class
                        ? "text"
                        : single == boolean.class
                                ? "true or false"
                                : single == Double.class || single == double.class ? "a number" : "a whole number";
        String list = type == List.class && single != TransformSpec.class ? "a list, each " : "";
        return list + kind + (key.allowed().isEmpty() ? "" : ", " + key.allowed());
    }

    private @Nullable TransformSpec transform(Node node) {
        if (node instanceof ScalarNode scalar && !isNull(node)) {
            return new TransformSpec(scalar.getValue(), Map.of(), location.of(node));
        }
        if (!(node instanceof MappingNode mapping) || mapping.getValue().size() != 1) {
            return null;
        }
        NodeTuple only = mapping.getValue().get(0);
        Object parameters = isNull(only.getValueNode()) ? Map.of() : plain(only.getValueNode(), 0);
        if (!(only.getKeyNode() instanceof ScalarNode name) || !(parameters instanceof Map<?, ?> map)) {
            return null;
        }
        Map<String, Object> typed = new TreeMap<>();
        map.forEach((k, v) -> typed.put((String) k, v));
        return new TransformSpec(name.getValue(), typed, location.of(only.getKeyNode()));
    }

    /** Numbers, texts, booleans, lists and maps of them; null for anything else, duplicate keys included. */
    private static @Nullable Object plain(Node node, int depth) {
        if (depth > YamlDocument.MAX_DEPTH || isNull(node)) {
            return null;
        }
        if (node instanceof SequenceNode sequence) {
            List<Object> list = new ArrayList<>();
            for (Node item : sequence.getValue()) {
                Object value = plain(item, depth + 1);
                if (value == null) {
                    return null;
                }
                list.add(value);
            }
            return List.copyOf(list);
        }
        if (node instanceof MappingNode mapping) {
            return plainMap(mapping, depth);
        }
        for (Class<?> type : List.of(boolean.class, int.class, long.class, double.class, String.class)) {
            Object value = scalar(type, node);
            if (value != null) {
                return value;
            }
        }
        return null;
    }

    private static @Nullable Object plainMap(MappingNode mapping, int depth) {
        Map<String, Object> map = new TreeMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            Object value = plain(tuple.getValueNode(), depth + 1);
            if (!(tuple.getKeyNode() instanceof ScalarNode key)
                    || value == null
                    || map.putIfAbsent(key.getValue(), value) != null) {
                return null;
            }
        }
        return java.util.Collections.unmodifiableMap(map);
    }
}
