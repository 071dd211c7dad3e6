package io.sichter.report;

import io.sichter.model.NetworkGraph;
import io.sichter.model.Operation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * What is drawn of a network: blocks that lie deeper than asked for as one box each, other steps as boxes of their own,
 * where a step that keeps the shape (a norm, an activation, dropout) stands in the box of the step before it.
 *
 * @param depth how many blocks inside each other are opened
 */
record GraphBoxes(int depth, List<Box> boxes, List<Arrow> arrows, List<String> frames) {
    /** As many boxes as fit on a page; without a depth the deepest view that has no more. */
    private static final int MOST = 40;

    private static final Set<String> SHAPELESS = Set.of(
            "BatchNorm2d",
            "LayerNorm",
            "LayerNorm2d",
            "ReLU",
            "ReLU6",
            "Hardswish",
            "SiLU",
            "GELU",
            "Hardsigmoid",
            "Sigmoid",
            "Dropout",
            "StochasticDepth",
            "Identity");

    /**
     * A box.
     *
     * @param frame the block that it is drawn in, empty for none
     * @param operations what it stands for, in their order; more than fit into words where it is a block
     * @param block name of the block that it stands for, if it is one
     */
    record Box(String frame, List<Operation> operations, Optional<String> block) {
        Operation first() {
            return operations.get(0);
        }

        Operation last() {
            return operations.get(operations.size() - 1);
        }

        /** Whether two ways meet in a block, of which one may be short. */
        boolean hasShortcut() {
            return operations.stream()
                    .anyMatch(operation ->
                            operation.type().equals("+") && operation.inputs().size() > 1);
        }
    }

    /** An arrow from box to box, by their places in the list, and the shape of what goes along it. */
    record Arrow(int from, int to, String size) {}

    /** Looks at a network as deeply as asked for, or as fits on a page. */
    static GraphBoxes of(NetworkGraph graph, OptionalInt depth) {
        if (depth.isPresent()) {
            return of(graph, depth.getAsInt());
        }
        int deepest = graph.operations().stream()
                .mapToInt(operation -> operation.blocks().size())
                .max()
                .orElse(0);
        return IntStream.rangeClosed(0, deepest)
                .mapToObj(closed -> of(graph, deepest - closed))
                .filter(boxes -> boxes.boxes.size() <= MOST || boxes.depth == 0)
                .findFirst()
                .orElseThrow();
    }

    private static GraphBoxes of(NetworkGraph graph, int depth) {
        Map<Object, List<Operation>> gathered = new LinkedHashMap<>();
        Map<Integer, Object> owners = new HashMap<>();
        int[] consumers = new int[graph.operations().size()];
        graph.operations().forEach(o -> o.inputs().forEach(input -> consumers[input]++));
        for (Operation operation : graph.operations()) {
            Object owner = operation.id();
            if (operation.blocks().size() > depth) {
                owner = operation.blocks().get(depth);
            } else if (joins(operation, graph, consumers)) {
                owner = owners.get(operation.inputs().get(0));
            }
            owners.put(operation.id(), owner);
            gathered.computeIfAbsent(owner, key -> new ArrayList<>()).add(operation);
        }
        List<Object> keys = List.copyOf(gathered.keySet());
        List<Box> boxes = keys.stream()
                .map(key -> box(key, gathered.getOrDefault(key, List.of()), depth))
                .toList();
        Set<Arrow> arrows = new LinkedHashSet<>();
        graph.operations().forEach(to -> to.inputs().forEach(from -> {
            int source = keys.indexOf(owners.get(from));
            int target = keys.indexOf(owners.get(to.id()));
            if (source != target) {
                arrows.add(
                        new Arrow(source, target, graph.operations().get(from).size()));
            }
        }));
        return new GraphBoxes(depth, boxes, List.copyOf(arrows), frames(boxes));
    }

    private static boolean joins(Operation operation, NetworkGraph graph, int[] consumers) {
        if (!SHAPELESS.contains(operation.type()) || operation.inputs().size() != 1) {
            return false;
        }
        Operation before = graph.operations().get(operation.inputs().get(0));
        return consumers[before.id()] == 1
                && !before.type().equals(Operation.INPUT)
                && before.blocks().equals(operation.blocks())
                && before.shape().equals(operation.shape());
    }

    private static Box box(Object key, List<Operation> operations, int depth) {
        boolean block = key instanceof String;
        List<String> around = operations.get(0).blocks();
        int inside = Math.min(depth, around.size());
        return new Box(
                inside == 0 ? "" : around.get(inside - 1),
                List.copyOf(operations),
                block ? Optional.of((String) key) : Optional.empty());
    }

    /** The blocks that are drawn around more than one box, outer ones first. */
    private static List<String> frames(List<Box> boxes) {
        Map<String, Integer> count = new LinkedHashMap<>();
        boxes.forEach(box -> around(box).forEach(frame -> count.merge(frame, 1, Integer::sum)));
        return count.entrySet().stream()
                .filter(entry -> entry.getValue() > 1)
                .map(Map.Entry::getKey)
                .toList();
    }

    /** The opened blocks around a box, the outermost first. */
    static List<String> around(Box box) {
        List<String> blocks = box.first().blocks();
        return box.frame().isEmpty() ? List.of() : blocks.subList(0, blocks.indexOf(box.frame()) + 1);
    }

    /** The innermost block that is drawn around a box; empty for none. */
    Optional<String> frame(Box box) {
        List<String> drawn = around(box).stream().filter(frames::contains).toList();
        return drawn.isEmpty() ? Optional.empty() : Optional.of(drawn.get(drawn.size() - 1));
    }
}
