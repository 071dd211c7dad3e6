package io.sichter.search;

import java.util.Arrays;
import org.apache.commons.statistics.distribution.TDistribution;

/** What can be said of a mean of few figures: Student's t distribution, with commons-statistics' quantiles. */
final class StudentT {
    private StudentT() {}

    static double mean(double[] values) {
        return Arrays.stream(values).average().orElse(Double.NaN);
    }

    /** Standard deviation of the sample, with n - 1; NaN for fewer than two. */
    static double std(double[] values) {
        double mean = mean(values);
        double squares = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
        return values.length < 2 ? Double.NaN : Math.sqrt(squares / (values.length - 1));
    }

    /** Half of the 95 % interval of a mean whose standard error has so many degrees of freedom. */
    static double half(double standardError, int degrees) {
        return TDistribution.of(degrees).inverseSurvivalProbability(0.025) * standardError;
    }

    /** Probability that a mean lies so far from zero, to either side, where the truth is zero. */
    static double probability(double mean, double standardError, int degrees) {
        if (mean == 0) {
            return 1;
        }
        return standardError == 0
                ? 0
                : 2 * TDistribution.of(degrees).survivalProbability(Math.abs(mean) / standardError);
    }
}
