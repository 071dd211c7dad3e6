package io.sichter.config;

import io.sichter.registry.Suggestion;
import io.sichter.text.Text;
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
    static Text describe(Node node) {
        if (isNull(node)) {
            return Text.of("config.nothing");
        }
        if (node instanceof ScalarNode scalar) {
            String text = scalar.getValue().replace("\n", "\\n");
            return Text.verbatim(text.isEmpty() ? "\"\"" : text.length() > 80 ? text.substring(0, 80) + "..." : text);
        }
        return Text.of(node instanceof SequenceNode ? "config.a_list" : "config.a_section");
    }

    /** The value of the node for the key; empty after a problem was noted. */
    Optional<Object> read(ConfigKey key, Node node) {
        Class<?> type = key.component().getType();
        if (key.isMap()) {
            return readMap(key, node);
        }
        if (key.hasLists()) {
            return readList(key, node);
        }
        Object value = scalar(type, node);
        if (value == null) {
            addWrong(key, node, Text.of("config.wrong_kind", key.path()));
            return Optional.empty();
        }
        return check(key, value, node) ? Optional.of(value) : Optional.empty();
    }

    private Optional<Object> readMap(ConfigKey key, Node node) {
        if (!(node instanceof MappingNode mapping)) {
            addWrong(key, node, Text.of("config.needs_names", key.path()));
            return Optional.empty();
        }
        Map<String, Object> map = new TreeMap<>();
        boolean good = true;
        for (NodeTuple tuple : mapping.getValue()) {
            String name = tuple.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "";
            Node valueNode = tuple.getValueNode();
            Object value =
                    key.hasLists() ? readList(key, valueNode).orElse(null) : scalar(key.elementType(), valueNode);
            if (name.isEmpty() || value == null || map.putIfAbsent(name, value) != null) {
                addWrong(key, valueNode, Text.of("config.bad_name", key.path()));
                good = false;
            }
        }
        return good ? Optional.of(map) : Optional.empty();
    }

    private Optional<Object> readList(ConfigKey key, Node node) {
        if (!(node instanceof SequenceNode sequence)) {
            addWrong(key, node, Text.of("config.needs_list", key.path()));
            return Optional.empty();
        }
        List<Object> list = new ArrayList<>();
        boolean good = true;
        for (Node item : sequence.getValue()) {
            Object value = element(key.elementType(), item);
            if (value == null) {
                addWrong(key, item, Text.of("config.wrong_element", key.path()));
                good = false;
            } else if (check(key, value, item)) {
                list.add(value);
            } else {
                good = false;
            }
        }
        return good ? Optional.of(list) : Optional.empty();
    }

    private @Nullable Object element(Class<?> type, Node item) {
        if (type == LayerSpec.class) {
            return LayerNodes.layer(item, location);
        }
        return type == TransformSpec.class ? transform(item) : scalar(type, item);
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
            addWrong(key, node, Text.of("config.out_of_range", key.path()));
            return false;
        }
        OneOf words = key.component().getAnnotation(OneOf.class);
        if (words != null
                && value instanceof String text
                && !List.of(words.value()).contains(text)) {
            problems.add(new ConfigProblems.Entry(
                    location.of(node),
                    Text.of("config.unknown_value", key.path()),
                    describe(node),
                    key.allowed(),
                    Suggestion.orChoose(text, List.of(words.value()))));
            return false;
        }
        return true;
    }

    private void addWrong(ConfigKey key, Node node, Text problem) {
        problems.add(new ConfigProblems.Entry(
                location.of(node), problem, describe(node), expected(key), Text.of("config.change", key.path())));
    }

    private static Text expected(ConfigKey key) {
        boolean lists = key.hasLists();
        Class<?> single =
                lists || key.isMap() ? key.elementType() : key.component().getType();
        Text kind = kind(single);
        boolean spec = single == TransformSpec.class || single == LayerSpec.class;
        Text element = lists && !spec ? Text.of("config.list_of", kind) : kind;
        Text value = key.isMap() ? Text.of("config.names_with", element) : element;
        return key.allowed().isEmpty() ? value : Text.joined(", ", List.of(value, key.allowed()));
    }

    private static Text kind(Class<?> type) {
        if (type == TransformSpec.class) {
            return Text.of("config.transforms_like");
        }
        if (type == LayerSpec.class) {
            return Text.of("config.layers_like");
        }
        if (type == String.class) {
            return Text.of("config.text");
        }
        if (type == boolean.class) {
            return Text.of("config.true_or_false");
        }
        return Text.of(type == Double.class || type == double.class ? "number" : "whole_number");
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
    static @Nullable Object plain(Node node, int depth) {
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
