package io.sichter.random;

import java.util.SplittableRandom;

/**
 * A seed with a path: every random number of a run comes from a stream named by what it is for, so that the number of
 * workers, the batch size or the order of execution never change it.
 *
 * <p>{@code SeedStream.of(42).derive("augment").derive(epoch).derive(sampleId).generator()}
 *
 * <p>Keys are mixed with the finaliser of SplitMix64 (Steele, Lea and Flood, "Fast Splittable Pseudorandom Number
 * Generators", OOPSLA 2014); the results are the same on every platform and Java version.
 *
 * @param key the state of the stream
 */
public record SeedStream(long key) {
    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

    /** The stream of a run's seed. */
    public static SeedStream of(long seed) {
        return new SeedStream(mix(seed + GOLDEN_GAMMA));
    }

    /** The stream for one purpose, one sample id or any other name below this one. */
    public SeedStream derive(String name) {
        long hash = 0xCBF29CE484222325L; // FNV-1a, 64 bit, over UTF-16 code units
        for (int i = 0; i < name.length(); i++) {
            hash = (hash ^ name.charAt(i)) * 0x100000001B3L;
        }
        return derive(hash);
    }

    /** The stream for one number (an epoch, a step) below this one. */
    public SeedStream derive(long number) {
        return new SeedStream(mix(key * 31 + mix(number + GOLDEN_GAMMA)));
    }

    /** A fresh generator at the start of this stream. */
    public SplittableRandom generator() {
        return new SplittableRandom(key);
    }

    private static long mix(long value) {
        long z = value;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
