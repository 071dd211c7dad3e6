package io.sichter.loader;

import java.util.stream.IntStream;

/** Every sample once, in the dataset's order, in every epoch. */
public record SequentialSampler() implements Sampler {
    @Override
    public int[] order(int epoch, int size) {
        return IntStream.range(0, size).toArray();
    }
}
