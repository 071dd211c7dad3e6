package io.sichter.loader;

import io.sichter.random.SeedStream;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Draws samples with replacement, each as likely as its weight says. An epoch has as many draws as there are samples: some
 * come several times, others not at all. The draws of an epoch depend on the seed and the epoch alone.
 */
public final class WeightedRandomSampler implements Sampler {
    private final double[] cumulative;
    private final SeedStream seed;

    /**
     * Makes one.
     *
     * @param weights one for each sample, finite and above 0; only their ratios matter
     * @param seed the stream of the run that is meant for shuffling
     */
    public WeightedRandomSampler(double[] weights, SeedStream seed) {
        if (weights.length == 0 || Arrays.stream(weights).anyMatch(w -> !(w > 0) || Double.isInfinite(w))) {
            throw new IllegalArgumentException("Weights must be finite and above 0");
        }
        this.cumulative = weights.clone();
        for (int i = 1; i < weights.length; i++) { // in order: a parallel sum would round differently
            cumulative[i] += cumulative[i - 1];
        }
        this.seed = seed;
    }

    @Override
    public int[] order(int epoch, int size) {
        if (size != cumulative.length) {
            throw new IllegalArgumentException(cumulative.length + " weights for " + size + " samples");
        }
        SplittableRandom random = seed.derive(epoch).generator();
        int[] order = new int[size];
        for (int i = 0; i < size; i++) {
            int found = Arrays.binarySearch(cumulative, random.nextDouble() * cumulative[size - 1]);
            // Between two sums lies the sample that takes it over the lower one; exactly on a sum, the next.
            order[i] = Math.min(size - 1, found < 0 ? -found - 1 : found + 1);
        }
        return order;
    }
}
