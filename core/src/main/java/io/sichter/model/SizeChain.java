package io.sichter.model;

import io.sichter.error.Problem;
import io.sichter.error.UsageException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What the shrinking layers of a network make of a picture's size. A layer that shrinks must have at least two pixels to
 * work on and leave at least one.
 */
final class SizeChain {
    private final List<Shrinking> layers = new ArrayList<>();

    /** What a layer makes of a size. */
    private record Shrinking(int kernel, int stride, int padding, boolean roundUp) {
        int of(int size) {
            int free = size + 2 * padding - kernel;
            return Math.max(0, Math.floorDiv(roundUp ? free + stride - 1 : free, stride) + 1);
        }
    }

    /** A chain of layers that each halve the picture, rounding up. */
    static SizeChain halvings(int count) {
        SizeChain chain = new SizeChain();
        for (int i = 0; i < count; i++) {
            chain.then(3, 2, 1);
        }
        return chain;
    }

    /** Adds a convolution or pooling. */
    SizeChain then(int kernel, int stride, int padding) {
        layers.add(new Shrinking(kernel, stride, padding, false));
        return this;
    }

    /** Adds a pooling whose last window may reach over the edge. */
    SizeChain thenRoundedUp(int kernel, int stride) {
        layers.add(new Shrinking(kernel, stride, 0, true));
        return this;
    }

    /** The sizes after each layer, the picture's first; ends early where nothing is left. */
    List<Integer> sizes(int imageSize) {
        List<Integer> sizes = new ArrayList<>(List.of(imageSize));
        for (Shrinking layer : layers) {
            int last = sizes.get(sizes.size() - 1);
            if (last < 1) {
                break;
            }
            sizes.add(layer.of(last));
        }
        return sizes;
    }

    /** The size that is left. */
    int last(int imageSize) {
        List<Integer> sizes = sizes(imageSize);
        return sizes.get(sizes.size() - 1);
    }

    /** Sizes as arithmetic: {@code 224 -> 112 -> 56}. */
    String arithmetic(int imageSize) {
        return sizes(imageSize).stream().map(String::valueOf).collect(Collectors.joining(" -> "));
    }

    /**
     * Checks that the picture is large enough.
     *
     * @return the size that is left
     * @throws UsageException with the arithmetic, and that of the smallest picture that is
     */
    int require(String model, int imageSize) {
        if (!fits(imageSize)) {
            int smallest = IntStream.iterate(1, size -> size + 1)
                    .filter(this::fits)
                    .findFirst()
                    .orElseThrow();
            throw new UsageException(Problem.of(
                    "model.too_small",
                    model,
                    Integer.toString(imageSize),
                    arithmetic(imageSize),
                    Integer.toString(smallest),
                    arithmetic(smallest),
                    layers.size()));
        }
        return last(imageSize);
    }

    private boolean fits(int imageSize) {
        List<Integer> sizes = sizes(imageSize);
        boolean shrinkable = sizes.stream().limit(layers.size()).allMatch(size -> size > 1);
        return shrinkable && sizes.get(sizes.size() - 1) >= 1;
    }
}
