package io.sichter.evaluate;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * How much each pixel of a network's input says for a class.
 *
 * @param height pixels
 * @param width pixels
 * @param values row by row, 0 to 1: the least and the most of this picture; all 0 where nothing stands out
 */
@SuppressWarnings("ArrayRecordComponent") // made once, read by drawings; never compared
public record Saliency(int height, int width, double[] values) {
    /** A map of any range, scaled to 0 to 1. */
    static Saliency of(int height, int width, double[] raw) {
        double least = Arrays.stream(raw).min().orElse(0);
        double range = Arrays.stream(raw).max().orElse(0) - least;
        double[] scaled =
                Arrays.stream(raw).map(v -> range > 0 ? (v - least) / range : 0).toArray();
        return new Saliency(height, width, scaled);
    }

    /** The value of a pixel. */
    public double at(int y, int x) {
        return values[y * width + x];
    }

    /** Places of the pixels, the most important first; of equals the upper left one. */
    int[] order() {
        return IntStream.range(0, values.length)
                .boxed()
                .sorted((a, b) -> Double.compare(values[b], values[a]))
                .mapToInt(Integer::intValue)
                .toArray();
    }
}
