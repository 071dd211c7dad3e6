package io.sichter.metric;

/** Means over the classes whose figure is defined. */
final class Means {
    private Means() {}

    static double macro(double[] values) {
        long[] ones = new long[values.length];
        java.util.Arrays.fill(ones, 1);
        return weighted(values, ones);
    }

    static double weighted(double[] values, long[] weights) {
        double sum = 0;
        long total = 0;
        for (int k = 0; k < values.length; k++) {
            if (!Double.isNaN(values[k])) {
                sum += weights[k] * values[k];
                total += weights[k];
            }
        }
        return sum / total;
    }
}
