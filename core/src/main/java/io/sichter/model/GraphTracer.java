package io.sichter.model;

import io.sichter.nn.Block;
import io.sichter.nn.Layer;
import io.sichter.nn.LayerWatcher;
import io.sichter.tensor.Scope;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.bytedeco.pytorch.EdgeVector;
import org.bytedeco.pytorch.LongArrayRef;
import org.bytedeco.pytorch.Node;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Runs a network once over one black picture in evaluation mode and writes down every layer, and every step that libtorch
 * records for a backward pass. Those steps are numbered in the order in which they are computed, which tells the layer
 * that each belongs to.
 */
final class GraphTracer implements LayerWatcher {
    private final Map<Layer, String> names;
    private final Deque<Begun> open = new ArrayDeque<>();
    private final List<Call> calls = new ArrayList<>();
    private final NavigableMap<Long, Step> steps = new TreeMap<>();
    private long picture;

    /** A layer that is being computed: the number of the next step, and the blocks around it. */
    private record Begun(Layer layer, long begin, List<String> blocks) {}

    /**
     * A layer that was computed.
     *
     * @param begin number of its first step
     * @param end number of the first step after it
     * @param result number of the step that its output comes from
     */
    record Call(
            Layer layer,
            String name,
            List<String> blocks,
            long begin,
            long end,
            long result,
            List<Long> input,
            List<Long> output) {
        boolean isBlock() {
            return layer instanceof Block;
        }
    }

    /**
     * A step as libtorch recorded it.
     *
     * @param name libtorch's, such as {@code ReluBackward0}
     * @param inputs numbers of the steps that its inputs come from; parameters are left out
     * @param shape of its output, the batch first
     */
    record Step(String name, List<Long> inputs, List<Long> shape) {}

    private GraphTracer(Classifier model) {
        names = model.names();
    }

    /** Runs the network; it is left in the mode it was in. */
    static GraphTracer run(Classifier model, ModelOptions options) {
        boolean training = model.is_training();
        model.eval();
        GraphTracer tracer = new GraphTracer(model);
        Scope.run(() -> {
            int side = options.imageSize();
            // a picture that asks for a gradient lets every step be recorded, also those ahead of the first weights
            Tensor images = torch.zeros(1, options.channels(), side, side)
                    .requires_grad_(true)
                    .clone();
            tracer.picture = images.grad_fn().sequence_nr();
            Tensor logits = LayerWatcher.watch(tracer, () -> model.forward(new ModelInput(images)));
            tracer.walk(logits.grad_fn());
        });
        model.train(training);
        return tracer;
    }

    @Override
    public void entered(Layer layer) {
        open.push(new Begun(layer, torch.peek(), blocks()));
    }

    @Override
    public void left(Layer layer, Tensor input, Tensor output) {
        Begun begun = open.pop();
        long result = Scope.call(() -> output.grad_fn().sequence_nr());
        calls.add(new Call(
                layer,
                names.getOrDefault(layer, ""),
                begun.blocks(),
                begun.begin(),
                torch.peek(),
                result,
                shape(input.shape()),
                shape(output.shape())));
    }

    private List<String> blocks() {
        List<String> blocks = new ArrayList<>();
        open.descendingIterator().forEachRemaining(begun -> blocks.add(names.getOrDefault(begun.layer(), "")));
        return blocks;
    }

    /** Backwards from the scores; what leads to parameters alone ends there. */
    private void walk(Node last) {
        Deque<Node> waiting = new ArrayDeque<>(List.of(last));
        while (!waiting.isEmpty()) {
            Node node = waiting.pop();
            List<Long> inputs = new ArrayList<>();
            EdgeVector edges = node.next_edges();
            for (long i = 0; i < edges.size() && node.sequence_nr() != picture; i++) {
                if (edges.get(i).is_valid()) {
                    Node input = edges.get(i).function();
                    if (input.next_edges().empty()) {
                        continue; // a parameter
                    }
                    inputs.add(input.sequence_nr());
                    if (!steps.containsKey(input.sequence_nr())) {
                        waiting.push(input);
                    }
                }
            }
            LongArrayRef sizes =
                    torch.asIntArrayRefUnchecked(node.input_metadata(0).shape_as_dim_vector());
            long[] shape = new long[(int) sizes.size()];
            for (int i = 0; i < shape.length; i++) {
                shape[i] = sizes.get(i);
            }
            steps.put(node.sequence_nr(), new Step(node.name().getString(), inputs, shape(shape)));
        }
    }

    private static List<Long> shape(long[] shape) {
        return Arrays.stream(shape).boxed().toList();
    }

    /** The layers, in the order in which they finished. */
    List<Call> calls() {
        return calls;
    }

    /** The steps by their numbers. */
    NavigableMap<Long, Step> steps() {
        return steps;
    }

    /** Number of the step that stands for the picture. */
    long picture() {
        return picture;
    }
}
