package io.sichter.loss;

import java.util.Arrays;

/**
 * How much a picture of each class counts, so that rare classes are not drowned. All weights are scaled so that their
 * mean over the pictures is 1: the loss, and with it the learning rate, keep their size.
 */
public final class ClassWeights {
    private ClassWeights() {}

    /**
     * Weights inverse to the number of pictures, {@code n / (K n_k)}: those of scikit-learn's {@code balanced}. A class
     * with 50 pictures weighs ten times as much as one with 500.
     *
     * @param counts pictures of each class, each at least 1
     */
    public static double[] balanced(int[] counts) {
        return scaled(counts, k -> 1.0 / k);
    }

    /**
     * Weights inverse to the effective number of pictures, {@code (1 - beta^n_k) / (1 - beta)}: pictures of a class
     * repeat each other, and the more there are, the less a further one adds (Cui et al., "Class-Balanced Loss Based on
     * Effective Number of Samples", CVPR 2019; there scaled to the sum K instead).
     *
     * @param counts pictures of each class, each at least 1
     * @param beta 0 weighs all classes alike, towards 1 as {@link #balanced}
     */
    public static double[] effectiveNumber(int[] counts, double beta) {
        if (!(beta >= 0 && beta < 1)) {
            throw new IllegalArgumentException("beta must be from 0 to below 1, got " + beta);
        }
        return scaled(counts, k -> (1 - beta) / -Math.expm1(k * Math.log(beta)));
    }

    private static double[] scaled(int[] counts, java.util.function.IntToDoubleFunction weight) {
        double[] weights = new double[counts.length];
        double sum = 0;
        long pictures = 0;
        for (int k = 0; k < counts.length; k++) {
            if (counts[k] < 1) {
                throw new IllegalArgumentException("Class " + k + " has no picture: " + Arrays.toString(counts));
            }
            weights[k] = weight.applyAsDouble(counts[k]);
            sum += weights[k] * counts[k];
            pictures += counts[k];
        }
        double scale = pictures / sum;
        return Arrays.stream(weights).map(w -> w * scale).toArray();
    }
}
