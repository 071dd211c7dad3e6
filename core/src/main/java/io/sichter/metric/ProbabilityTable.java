package io.sichter.metric;

import java.util.Arrays;

/**
 * What a network says of every sample of a split, beside the truth: all that {@link Figures} are made of.
 *
 * <p>Kept per sample: 8 bytes on the heap, and 4 bytes per class outside it, for the areas under curves need every
 * probability at once. 50,000 samples of 1,000 classes are 200 MB.
 */
public final class ProbabilityTable {
    private final FloatRows probabilities;
    private int[] truths = new int[256];
    private int[] predictions = new int[256];

    /** An empty table for so many classes. */
    public ProbabilityTable(int classes) {
        probabilities = new FloatRows(classes);
    }

    /**
     * Adds a sample.
     *
     * @param truth index of its class
     * @param prediction index of the class it was taken for
     * @param row probability of every class, 0 to 1
     * @throws io.sichter.error.MemoryException if there is no room for it
     */
    public void add(int truth, int prediction, float[] row) {
        int place = size();
        if (place == truths.length) {
            truths = Arrays.copyOf(truths, 2 * place);
            predictions = Arrays.copyOf(predictions, 2 * place);
        }
        truths[place] = truth;
        predictions[place] = prediction;
        probabilities.add(row);
    }

    /** Number of samples. */
    public int size() {
        return probabilities.size();
    }

    /** Number of classes. */
    public int classes() {
        return probabilities.width();
    }

    /** Class of a sample. */
    public int truth(int sample) {
        return truths[sample];
    }

    /** What a sample was taken for. */
    public int prediction(int sample) {
        return predictions[sample];
    }

    /** Probability of a class, 0 to 1. */
    public float probability(int sample, int k) {
        return probabilities.get(sample, k);
    }

    /** Counts of (truth, prediction). */
    public ConfusionMatrix confusion() {
        ConfusionMatrix confusion = new ConfusionMatrix(classes());
        for (int i = 0; i < size(); i++) {
            confusion.add(truths[i], predictions[i]);
        }
        return confusion;
    }

    /** The samples sorted by the probability of a class, which those of the class should have the most of. */
    public Ranking ranking(int k) {
        return Ranking.of(size(), i -> probability(i, k), i -> truths[i] == k);
    }
}
