package io.sichter.model;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One step of a forward pass: a layer, or what a network computes between its layers.
 *
 * @param id its place in the list of a {@link NetworkGraph}
 * @param name name of the layer as its parameters carry it, empty for what is no layer
 * @param type PyTorch's name of the layer's class; of other steps {@code ReLU}, {@code +}, {@code flatten} and so on
 * @param settings what distinguishes it from others of its type, such as {@code 3x3, stride 2}; may be empty
 * @param blocks names of the blocks around it, the outermost first
 * @param inputs ids of the steps whose outputs it gets, all smaller than its own
 * @param shape of its output for one picture, without the batch: {@code [C, h, w]}, {@code [tokens, width]} or
 *     {@code [n]}
 * @param parameters values in its own parameters
 * @param multiplyAdds multiplications with their additions for one picture
 * @param receptiveField height and width in pixels of what one number of the output sees; null for all of the picture
 * @param arithmetic how the output's size comes from the input's, with the numbers filled in; empty where it stays
 */
public record Operation(
        int id,
        String name,
        String type,
        String settings,
        List<String> blocks,
        List<Integer> inputs,
        List<Long> shape,
        long parameters,
        long multiplyAdds,
        @Nullable Long receptiveField,
        String arithmetic) {
    /** The {@link #type} of the picture itself. */
    public static final String INPUT = "input";

    /** Copies the lists. */
    public Operation {
        blocks = List.copyOf(blocks);
        inputs = List.copyOf(inputs);
        shape = List.copyOf(shape);
    }

    /** The shape as people write it: {@code 64 x 56 x 56}. */
    public String size() {
        return shape.stream().map(String::valueOf).collect(java.util.stream.Collectors.joining(" x "));
    }

    /** The innermost block around it. */
    public Optional<String> block() {
        return blocks.isEmpty() ? Optional.empty() : Optional.of(blocks.get(blocks.size() - 1));
    }
}
