package io.sichter.metric;

import java.util.Arrays;
import java.util.OptionalDouble;

/**
 * Counts of (truth, prediction) and what follows from them. Definitions as in scikit-learn, except where a class is
 * absent: see each method.
 */
public final class ConfusionMatrix {
    private final long[][] counts;

    /** An empty matrix for so many classes. */
    public ConfusionMatrix(int classes) {
        counts = new long[classes][classes];
    }

    /** Number of classes. */
    public int classes() {
        return counts.length;
    }

    /** Counts one sample. */
    public void add(int truth, int prediction) {
        counts[truth][prediction]++;
    }

    /** How many samples of class {@code truth} were taken for {@code prediction}. */
    public long count(int truth, int prediction) {
        return counts[truth][prediction];
    }

    /** Number of samples. */
    public long total() {
        return Arrays.stream(counts).flatMapToLong(Arrays::stream).sum();
    }

    /** Share of samples predicted right; NaN without samples. */
    public double accuracy() {
        long right = 0;
        for (int k = 0; k < counts.length; k++) {
            right += counts[k][k];
        }
        return (double) right / total();
    }

    /** Samples of a class. */
    public long support(int k) {
        return Arrays.stream(counts[k]).sum();
    }

    /**
     * Harmonic mean of precision and recall of one class, 2 TP / (2 TP + FP + FN).
     *
     * @return empty if no sample belongs to the class: not available is not zero
     */
    public OptionalDouble f1(int k) {
        if (support(k) == 0) {
            return OptionalDouble.empty();
        }
        return OptionalDouble.of(2.0 * counts[k][k] / (support(k) + predicted(k)));
    }

    /** Samples taken for a class. */
    public long predicted(int k) {
        long predicted = 0;
        for (long[] row : counts) {
            predicted += row[k];
        }
        return predicted;
    }

    /** Share of the samples taken for a class that belong to it; empty if none was taken for it. */
    public OptionalDouble precision(int k) {
        return ratio(counts[k][k], predicted(k));
    }

    /** Share of the samples of a class that were recognised; empty if it has none. */
    public OptionalDouble recall(int k) {
        return ratio(counts[k][k], support(k));
    }

    private static OptionalDouble ratio(long part, long whole) {
        return whole == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) part / whole);
    }

    /** Mean of {@link #f1} over the classes that have samples; NaN without samples. */
    public double f1Macro() {
        double sum = 0;
        int present = 0;
        for (int k = 0; k < counts.length; k++) {
            OptionalDouble f1 = f1(k);
            if (f1.isPresent()) {
                sum += f1.getAsDouble();
                present++;
            }
        }
        return sum / present;
    }

    /** Forgets all counts. */
    public void clear() {
        for (long[] row : counts) {
            Arrays.fill(row, 0);
        }
    }

    /** The counts as rows of truth, copied. */
    public long[][] toArray() {
        return Arrays.stream(counts).map(long[]::clone).toArray(long[][]::new);
    }

    /** Adds counts as {@link #toArray} gives them. */
    public void addAll(long[][] other) {
        for (int i = 0; i < counts.length; i++) {
            for (int j = 0; j < counts.length; j++) {
                counts[i][j] += other[i][j];
            }
        }
    }
}
