package io.sichter.model;

import io.sichter.model.GraphTracer.Call;
import io.sichter.model.GraphTracer.Step;
import io.sichter.nn.AdaptiveAvgPool2d;
import io.sichter.nn.Linear;
import io.sichter.nn.Window;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** From what a forward pass left behind to operations: one for each layer that computes, one for each step between them. */
final class GraphBuilder {
    private static final String ATTENTION = "attention";

    /** Steps that only look at numbers in another order. */
    private static final Set<String> VIEWS = Set.of(
            "alias",
            "asstrided",
            "clone",
            "expand",
            "permute",
            "select",
            "slice",
            "split",
            "squeeze",
            "t",
            "tocopy",
            "transpose",
            "unbind",
            "unsafeview",
            "unsqueeze",
            "view",
            "reshapealias");

    /** Steps that take a mean over all places, or ask all of them. */
    private static final Set<String> OVER_ALL = Set.of("mean", ATTENTION, "AdaptiveAvgPool2d");

    private static final Map<String, String> TYPES = Map.ofEntries(
            Map.entry("relu", "ReLU"),
            Map.entry("hardtanh", "ReLU6"),
            Map.entry("hardswish", "Hardswish"),
            Map.entry("silu", "SiLU"),
            Map.entry("gelu", "GELU"),
            Map.entry("sigmoid", "Sigmoid"),
            Map.entry("hardsigmoid", "Hardsigmoid"),
            Map.entry("add", "+"),
            Map.entry("mul", "*"),
            Map.entry("cat", "concat"),
            Map.entry("adaptiveavgpool2d", "AdaptiveAvgPool2d"));

    private final GraphTracer tracer;
    private final NavigableMap<Long, Call> leaves = new TreeMap<>();
    private final Map<Long, Integer> owners = new HashMap<>();
    private final List<Operation> operations = new ArrayList<>();
    private final List<Field> fields = new ArrayList<>();

    private GraphBuilder(GraphTracer tracer) {
        this.tracer = tracer;
        tracer.calls().stream()
                .filter(call -> !call.isBlock() && call.begin() < call.end())
                .forEach(call -> leaves.put(call.begin(), call));
    }

    /** The graph of a pass. */
    static GraphBuilder of(GraphTracer tracer) {
        GraphBuilder builder = new GraphBuilder(tracer);
        tracer.steps().forEach(builder::add);
        return builder;
    }

    NetworkGraph graph(String architecture) {
        Map<String, String> blocks = new LinkedHashMap<>();
        tracer.calls().stream()
                .filter(Call::isBlock)
                .forEach(call -> blocks.put(call.name(), call.layer().type()));
        return new NetworkGraph(architecture, operations, blocks);
    }

    /** The operation that a layer's output comes from. */
    Operation result(Call call) {
        Integer owner = owners.get(call.result());
        if (owner == null) {
            throw new IllegalStateException("The output of " + call.name() + " comes from no step");
        }
        return operations.get(owner);
    }

    private void add(long number, Step step) {
        if (owners.containsKey(number)) {
            return; // of a layer that an earlier step began
        }
        Optional<Call> leaf = leaf(number);
        if (leaf.isPresent()) {
            addLayer(leaf.get());
        } else if (number == tracer.picture()) {
            append(Operation.INPUT, "", step.shape(), List.of(), Optional.empty());
            owners.put(number, 0);
        } else {
            addBetweenLayers(number, step, inputs(List.of(step)));
        }
    }

    /** A layer may take several steps: what they get from outside are its inputs. */
    private void addLayer(Call call) {
        Map<Long, Step> steps = tracer.steps().subMap(call.begin(), call.end());
        List<Integer> inputs = inputs(steps.values());
        Window window = call.layer().window().orElse(null);
        Field field = field(call.layer().type(), inputs, window == null ? adaptive(call) : window);
        steps.keySet().forEach(number -> owners.put(number, operations.size()));
        push(
                field,
                new Operation(
                        operations.size(),
                        call.name(),
                        call.layer().type(),
                        call.layer().settings(),
                        call.blocks(),
                        inputs,
                        withoutBatch(call.output()),
                        call.layer().ownParameters(),
                        call.layer().multiplyAdds(call.input(), call.output()),
                        field.isWhole() ? null : field.size(),
                        arithmetic(call, window)));
    }

    /** The operations that some steps get something from. */
    private List<Integer> inputs(Collection<Step> steps) {
        return steps.stream()
                .flatMap(step -> step.inputs().stream())
                .map(owners::get)
                .filter(Objects::nonNull)
                .distinct()
                .toList();
    }

    private void addBetweenLayers(long number, Step step, List<Integer> inputs) {
        if (inputs.isEmpty()) {
            return; // of parameters alone
        }
        String base = step.name().replaceAll("Backward\\d*$", "").toLowerCase(Locale.ROOT);
        Operation input = operations.get(inputs.get(0));
        boolean view = VIEWS.contains(base);
        boolean row = step.shape().size() == 2 && severalPlaces(input.shape());
        if (view && !row) {
            owners.put(number, input.id());
            return;
        }
        String type = TYPES.getOrDefault(base, base.startsWith("scaleddotproduct") ? ATTENTION : base);
        owners.put(number, operations.size());
        append(
                view && !base.equals("select") ? "flatten" : type,
                view && !base.equals("select")
                        ? input.size() + " = " + step.shape().get(1)
                        : "",
                step.shape(),
                inputs,
                around(number));
    }

    private void append(String type, String arithmetic, List<Long> shape, List<Integer> inputs, Optional<Call> around) {
        // attention is all that a block multiplies by itself
        long multiplyAdds = around.filter(block -> type.equals(ATTENTION))
                .map(block -> block.layer().multiplyAdds(block.input(), block.output()))
                .orElse(0L);
        Field field = field(type, inputs, null);
        push(
                field,
                new Operation(
                        operations.size(),
                        "",
                        type,
                        "",
                        around.map(GraphBuilder::names).orElse(List.of()),
                        inputs,
                        withoutBatch(shape),
                        0,
                        multiplyAdds,
                        field.isWhole() ? null : field.size(),
                        arithmetic));
    }

    private void push(Field field, Operation operation) {
        operations.add(operation);
        fields.add(field);
    }

    private static String arithmetic(Call call, @Nullable Window window) {
        if (window != null) {
            return window.arithmetic(call.input().get(call.input().size() - 1));
        }
        boolean changes = call.layer() instanceof Linear || !call.input().equals(call.output());
        return changes ? size(call.input()) + " -> " + size(call.output()) : "";
    }

    private static String size(List<Long> shape) {
        return String.join(
                " x ", withoutBatch(shape).stream().map(String::valueOf).toList());
    }

    /** What a pooling to a number of places looks at from each; at most, where the sizes do not divide. */
    private static @Nullable Window adaptive(Call call) {
        long in = call.input().get(call.input().size() - 1);
        long out = call.output().get(call.output().size() - 1);
        if (!(call.layer() instanceof AdaptiveAvgPool2d) || out == 1 || out > in) {
            return null;
        }
        return new Window(in / out + (in % out == 0 ? 0 : 2), in / out, 0, Window.Rounding.DOWN);
    }

    private Field field(String type, List<Integer> inputs, @Nullable Window window) {
        Field before = Field.ofAll(inputs.stream().map(fields::get).toList());
        if (window != null) {
            return before.through(window);
        }
        boolean joins = OVER_ALL.contains(type) || type.equals("flatten") || type.equals("Flatten");
        return joins
                        && inputs.stream()
                                .anyMatch(input ->
                                        severalPlaces(operations.get(input).shape()))
                ? Field.PICTURE
                : before;
    }

    /** Whether a shape without its batch has more than one place on a map, or more than one token. */
    private static boolean severalPlaces(List<Long> shape) {
        return shape.size() == 3 ? shape.get(1) * shape.get(2) > 1 : shape.size() > 1;
    }

    private Optional<Call> leaf(long number) {
        Map.Entry<Long, Call> begun = leaves.floorEntry(number);
        return begun == null || number >= begun.getValue().end() ? Optional.empty() : Optional.of(begun.getValue());
    }

    /** The innermost block that was open when a step was recorded. */
    private Optional<Call> around(long number) {
        return tracer.calls().stream()
                .filter(call -> call.isBlock() && call.begin() <= number && number < call.end())
                .findFirst(); // inner ones finish first
    }

    private static List<String> names(Call block) {
        List<String> blocks = new ArrayList<>(block.blocks());
        blocks.add(block.name());
        return blocks;
    }

    private static List<Long> withoutBatch(List<Long> shape) {
        return shape.subList(1, shape.size());
    }
}
