package io.sichter.metric;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.IntToDoubleFunction;

/**
 * Counts of (truth, prediction) and what follows from them. Definitions as in scikit-learn, except where a class is
 * absent: see each method.
 */
public final class ConfusionMatrix {
    private final long[][] counts;
    private final long[] supports;
    private final long[] predictions;

    /** An empty matrix for so many classes. */
    public ConfusionMatrix(int classes) {
        counts = new long[classes][classes];
        supports = new long[classes];
        predictions = new long[classes];
    }

    /**
     * Pictures of one class that were taken for another.
     *
     * @param truth index of the class
     * @param prediction index of what they were taken for
     * @param count how many
     * @param share of the class's samples, 0 to 1
     */
    public record Confusion(int truth, int prediction, long count, double share) {}

    /** Number of classes. */
    public int classes() {
        return counts.length;
    }

    /** Counts one sample. */
    public void add(int truth, int prediction) {
        add(truth, prediction, 1);
    }

    /** Counts so many samples. */
    public void add(int truth, int prediction, long samples) {
        counts[truth][prediction] += samples;
        supports[truth] += samples;
        predictions[prediction] += samples;
    }

    /** How many samples of class {@code truth} were taken for {@code prediction}. */
    public long count(int truth, int prediction) {
        return counts[truth][prediction];
    }

    /** Number of samples. */
    public long total() {
        return Arrays.stream(supports).sum();
    }

    /** Share of samples predicted right; NaN without samples. */
    public double accuracy() {
        return (double) right() / total();
    }

    private long right() {
        long right = 0;
        for (int k = 0; k < counts.length; k++) {
            right += counts[k][k];
        }
        return right;
    }

    /** Samples of a class. */
    public long support(int k) {
        return supports[k];
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
        return predictions[k];
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
        return f1(Average.MACRO);
    }

    /** F1 of all classes that have samples; NaN without samples. */
    public double f1(Average how) {
        return average(how, k -> f1(k).orElse(0));
    }

    /** Precision of all classes that have samples, 0 for one that nothing was taken for; NaN without samples. */
    public double precision(Average how) {
        return average(how, k -> precision(k).orElse(0));
    }

    /** Recall of all classes that have samples; NaN without samples. Weighted, it is the accuracy. */
    public double recall(Average how) {
        return average(how, k -> recall(k).orElse(0));
    }

    /** Mean recall of the classes that have samples: the accuracy that guessing the largest class does not raise. */
    public double balancedAccuracy() {
        return recall(Average.MACRO);
    }

    private double average(Average how, IntToDoubleFunction figure) {
        if (how == Average.MICRO) {
            return accuracy();
        }
        double sum = 0;
        long weights = 0;
        for (int k = 0; k < counts.length; k++) {
            if (supports[k] > 0) {
                long weight = how == Average.MACRO ? 1 : supports[k];
                sum += weight * figure.applyAsDouble(k);
                weights += weight;
            }
        }
        return sum / weights;
    }

    /**
     * Cohen's kappa: how much of the way from guessing with the right frequencies to perfect was gone (Cohen, "A
     * Coefficient of Agreement for Nominal Scales", 1960).
     *
     * @return at most 1, 0 for guessing; NaN where truth and prediction are one and the same class throughout
     */
    public double cohenKappa() {
        double chance = byChance();
        double n = total();
        return (right() * n - chance) / (n * n - chance);
    }

    /**
     * Matthews' correlation coefficient for any number of classes (Gorodkin, "Comparing two K-category assignments by a
     * K-category correlation coefficient", 2004).
     *
     * @return -1 to 1; 0 where all samples are of one class or taken for one; NaN without samples
     */
    public double matthews() {
        double n = total();
        double spread = (n * n - squares(predictions)) * (n * n - squares(supports));
        return spread == 0 && n > 0 ? 0 : (right() * n - byChance()) / Math.sqrt(spread);
    }

    private double byChance() {
        double sum = 0;
        for (int k = 0; k < counts.length; k++) {
            sum += (double) supports[k] * predictions[k];
        }
        return sum;
    }

    private static double squares(long[] values) {
        return Arrays.stream(values).mapToDouble(v -> (double) v * v).sum();
    }

    /** The most frequent mistakes, most frequent first; of equals the one with the larger share of its class. */
    public List<Confusion> mostConfused(int limit) {
        List<Confusion> mistakes = new ArrayList<>();
        for (int truth = 0; truth < counts.length; truth++) {
            for (int prediction = 0; prediction < counts.length; prediction++) {
                long count = counts[truth][prediction];
                if (truth != prediction && count > 0) {
                    mistakes.add(new Confusion(truth, prediction, count, (double) count / supports[truth]));
                }
            }
        }
        return mistakes.stream()
                .sorted(Comparator.comparingLong(Confusion::count)
                        .thenComparingDouble(Confusion::share)
                        .reversed())
                .limit(limit)
                .toList();
    }

    /** Forgets all counts. */
    public void clear() {
        for (long[] row : counts) {
            Arrays.fill(row, 0);
        }
        Arrays.fill(supports, 0);
        Arrays.fill(predictions, 0);
    }

    /** The counts as rows of truth, copied. */
    public long[][] toArray() {
        return Arrays.stream(counts).map(long[]::clone).toArray(long[][]::new);
    }

    /** Adds counts as {@link #toArray} gives them. */
    public void addAll(long[][] other) {
        for (int i = 0; i < counts.length; i++) {
            for (int j = 0; j < counts.length; j++) {
                add(i, j, other[i][j]);
            }
        }
    }
}
