package io.sichter.metric;

import java.util.ArrayList;
import java.util.List;

/**
 * Whether a network that is 80 % sure is right 4 times in 5: samples in bins of equal width by the probability of what they
 * were taken for (Guo et al., "On Calibration of Modern Neural Networks", 2017).
 */
public final class Calibration {
    /** Number of bins. */
    public static final int BINS = 15;

    private final long[] counts = new long[BINS];
    private final long[] right = new long[BINS];
    private final double[] confidence = new double[BINS];

    /**
     * One bin.
     *
     * @param samples how many fell into it
     * @param confidence their mean probability, NaN without samples
     * @param accuracy share of them predicted right, NaN without samples
     */
    public record Bin(long samples, double confidence, double accuracy) {}

    /** That of all samples of a table. */
    public static Calibration of(ProbabilityTable table) {
        Calibration calibration = new Calibration();
        for (int i = 0; i < table.size(); i++) {
            int prediction = table.prediction(i);
            calibration.add(table.probability(i, prediction), prediction == table.truth(i), 1);
        }
        return calibration;
    }

    void add(double probability, boolean correct, int weight) {
        // bins are open to the left: (0, 1/15], (1/15, 2/15] ...; 0 falls into the first
        int bin = Math.max(0, Math.min(BINS, (int) Math.ceil(probability * BINS)) - 1);
        counts[bin] += weight;
        confidence[bin] += weight * probability;
        right[bin] += correct ? weight : 0;
    }

    /** The bins from the least confident to the most. */
    public List<Bin> bins() {
        List<Bin> bins = new ArrayList<>();
        for (int i = 0; i < BINS; i++) {
            bins.add(new Bin(counts[i], confidence[i] / counts[i], (double) right[i] / counts[i]));
        }
        return bins;
    }

    /**
     * Expected calibration error: the distance between confidence and accuracy, averaged over samples.
     *
     * @return 0 (as sure as right) to 1; NaN without samples
     */
    public double error() {
        double sum = 0;
        long total = 0;
        for (int i = 0; i < BINS; i++) {
            sum += Math.abs(confidence[i] - right[i]);
            total += counts[i];
        }
        return sum / total;
    }
}
