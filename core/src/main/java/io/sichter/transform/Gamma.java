package io.sichter.transform;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * Draws of the gamma and Dirichlet distributions.
 *
 * <p>Source: Marsaglia and Tsang, "A Simple Method for Generating Gamma Variables", ACM TOMS 26 (2000).
 */
final class Gamma {
    private Gamma() {}

    /** So many shares that add up to 1, all with the same concentration. */
    static double[] dirichlet(RandomGenerator random, double alpha, int count) {
        double[] shares = new double[count];
        Arrays.setAll(shares, i -> Math.max(draw(random, alpha), Double.MIN_NORMAL));
        double sum = Arrays.stream(shares).sum();
        Arrays.setAll(shares, i -> shares[i] / sum);
        return shares;
    }

    /** A draw with this shape, above 0, and scale 1. */
    static double draw(RandomGenerator random, double shape) {
        if (shape < 1) {
            return draw(random, shape + 1) * Math.pow(1 - random.nextDouble(), 1 / shape);
        }
        double d = shape - 1.0 / 3;
        double c = 1 / Math.sqrt(9 * d);
        while (true) {
            double x = random.nextGaussian();
            double v = Math.pow(1 + c * x, 3);
            if (v > 0 && Math.log(1 - random.nextDouble()) < x * x / 2 + d - d * v + d * Math.log(v)) {
                return d * v;
            }
        }
    }
}
