package io.sichter.transform;

import java.util.random.RandomGenerator;

/**
 * A range of numbers.
 *
 * @param min smallest
 * @param max largest
 */
public record Interval(double min, double max) {
    /** Checks the order. */
    public Interval {
        if (!(min <= max)) {
            throw new IllegalArgumentException("A range goes from small to large, got " + min + " to " + max);
        }
    }

    /** A number drawn uniformly. */
    double draw(RandomGenerator random) {
        return min + random.nextDouble() * (max - min);
    }

    /** The range of the natural logarithms. */
    Interval log() {
        return new Interval(Math.log(min), Math.log(max));
    }
}
