package io.sichter.train;

import java.util.SplittableRandom;

/** Random numbers of the symmetric Beta distribution, the same on every platform and Java version. */
final class Beta {
    private Beta() {}

    /**
     * A number from 0 to 1 with density proportional to {@code (x (1 - x))^(alpha - 1)}: the first of two numbers of a
     * Gamma distribution over their sum.
     *
     * @param alpha above 0; 1 is even, less prefers the ends, more the middle
     */
    static double symmetric(double alpha, SplittableRandom random) {
        double a = logGamma(alpha, random);
        double b = logGamma(alpha, random);
        return 1 / (1 + StrictMath.exp(b - a));
    }

    /**
     * Logarithm of a number of the Gamma distribution of that shape and scale 1 (Marsaglia and Tsang, "A Simple Method
     * for Generating Gamma Variables", 2000; for a shape below 1 by their section 6). The logarithm is finite where the
     * number itself would be rounded to 0.
     */
    private static double logGamma(double shape, SplittableRandom random) {
        if (shape < 1) {
            return logGamma(shape + 1, random) + StrictMath.log(positive(random)) / shape;
        }
        double d = shape - 1.0 / 3;
        double c = 1 / StrictMath.sqrt(9 * d);
        while (true) {
            double x = gaussian(random);
            double v = 1 + c * x;
            if (v > 0) {
                double cube = v * v * v;
                if (StrictMath.log(positive(random)) < x * x / 2 + d * (1 - cube + StrictMath.log(cube))) {
                    return StrictMath.log(d * cube);
                }
            }
        }
    }

    /** Box and Muller, 1958. */
    private static double gaussian(SplittableRandom random) {
        return StrictMath.sqrt(-2 * StrictMath.log(positive(random)))
                * StrictMath.cos(2 * Math.PI * random.nextDouble());
    }

    private static double positive(SplittableRandom random) {
        return 1 - random.nextDouble();
    }
}
