package io.sichter.config;

import io.sichter.error.Problem;
import io.sichter.text.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Nodes to the layers of a network, each with where it stands, also those inside a residual. */
final class LayerNodes {
    private LayerNodes() {}

    /** See {@link LayerSpec#read}. */
    static List<LayerSpec> read(String yaml) {
        Text source = Text.verbatim("model.layers");
        ConfigProblems problems = new ConfigProblems();
        Node node = YamlDocument.parse(source, yaml, problems);
        List<LayerSpec> layers = node instanceof SequenceNode list
                ? list(list, item -> YamlDocument.locate(source, item.getStartMark()))
                : null;
        if (layers == null) {
            problems.add(new ConfigProblems.Entry(source, Problem.of("config.layers_text", yaml)));
        }
        problems.throwIfAny();
        return layers == null ? List.of() : layers;
    }

    /** One layer; null for what is none. */
    static @Nullable LayerSpec layer(Node node, ConfigBinder.NodeLocation location) {
        if (node instanceof ScalarNode scalar && !NodeValues.isNull(node)) {
            return new LayerSpec(scalar.getValue(), Map.of(), location.of(node));
        }
        if (!(node instanceof MappingNode mapping) || mapping.getValue().size() != 1) {
            return null;
        }
        NodeTuple only = mapping.getValue().get(0);
        Map<String, Object> params = params(only.getValueNode(), location);
        return params == null || !(only.getKeyNode() instanceof ScalarNode name)
                ? null
                : new LayerSpec(name.getValue(), params, location.of(name));
    }

    private static @Nullable List<LayerSpec> list(SequenceNode sequence, ConfigBinder.NodeLocation location) {
        List<LayerSpec> layers = new ArrayList<>();
        for (Node item : sequence.getValue()) {
            LayerSpec layer = layer(item, location);
            if (layer == null) {
                return null;
            }
            layers.add(layer);
        }
        return List.copyOf(layers);
    }

    private static @Nullable Map<String, Object> params(Node node, ConfigBinder.NodeLocation location) {
        if (NodeValues.isNull(node)) {
            return Map.of();
        }
        if (!(node instanceof MappingNode mapping)) {
            Object value = value(node, location);
            String key = node instanceof SequenceNode ? LayerSpec.BODY : LayerSpec.VALUE;
            return value == null ? null : Map.of(key, value);
        }
        Map<String, Object> params = new TreeMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            Object value = value(tuple.getValueNode(), location);
            boolean put = tuple.getKeyNode() instanceof ScalarNode key
                    && value != null
                    && params.putIfAbsent(key.getValue(), value) == null;
            if (!put) {
                return null;
            }
        }
        return params;
    }

    private static @Nullable Object value(Node node, ConfigBinder.NodeLocation location) {
        return node instanceof SequenceNode sequence ? list(sequence, location) : NodeValues.plain(node, 0);
    }
}
