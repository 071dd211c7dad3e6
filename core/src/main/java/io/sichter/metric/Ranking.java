package io.sichter.metric;

import java.util.Arrays;
import java.util.function.IntPredicate;

/**
 * Samples sorted by a score, the highest first, with those that should be in front marked. Samples of the same score have
 * no order among themselves: curves have points only where the score changes.
 */
public final class Ranking {
    private final int[] samples;
    private final boolean[] wanted;
    private final boolean[] ends; // whether the next sample has another score

    private Ranking(int[] samples, boolean[] wanted, boolean[] ends) {
        this.samples = samples;
        this.wanted = wanted;
        this.ends = ends;
    }

    /** A score of a sample. */
    @FunctionalInterface
    interface Score {
        /** At least 0. */
        float of(int sample);
    }

    /**
     * Areas under the curves of a ranking.
     *
     * @param roc chance that a wanted sample stands before another, ties count half; NaN without both kinds
     * @param precisionRecall average precision: the precision at each step of recall, as scikit-learn sums it; NaN
     *     without wanted samples
     */
    public record Areas(double roc, double precisionRecall) {}

    /**
     * A curve from left to right.
     *
     * @param x horizontal places, ascending
     * @param y values there
     */
    @SuppressWarnings("ArrayRecordComponent") // made once, to be drawn; never compared
    public record Curve(double[] x, double[] y) {}

    static Ranking of(int size, Score score, IntPredicate wanted) {
        long[] keys = new long[size];
        for (int i = 0; i < size; i++) {
            // bits of floats from 0 on have the order of the floats; + 0.0f makes a negative zero a usual one
            keys[i] = (long) Float.floatToIntBits(score.of(i) + 0.0f) << 32 | i;
        }
        Arrays.sort(keys);
        int[] samples = new int[size];
        boolean[] marks = new boolean[size];
        boolean[] ends = new boolean[size];
        for (int place = 0; place < size; place++) {
            long key = keys[size - 1 - place];
            samples[place] = (int) key;
            marks[place] = wanted.test(samples[place]);
            ends[place] = place == size - 1 || keys[size - 2 - place] >> 32 != key >> 32;
        }
        return new Ranking(samples, marks, ends);
    }

    /** Areas under both curves, every sample counting once. */
    public Areas areas() {
        short[] ones = new short[samples.length];
        Arrays.fill(ones, (short) 1);
        return areas(ones);
    }

    /** Areas under both curves, each sample counting as often as its weight says. */
    Areas areas(short[] weights) {
        double rocArea = 0;
        double precisionSum = 0;
        long before = 0; // wanted samples of higher scores
        long all = 0;
        long here = 0; // wanted samples of this score
        long others = 0;
        for (int place = 0; place < samples.length; place++) {
            int weight = weights[samples[place]];
            if (wanted[place]) {
                here += weight;
            } else {
                others += weight;
            }
            if (ends[place]) {
                rocArea += others * (before + here / 2.0);
                all += here + others;
                before += here;
                if (here > 0) {
                    precisionSum += (double) here * before / all;
                }
                here = 0;
                others = 0;
            }
        }
        return new Areas(rocArea / ((double) before * (all - before)), precisionSum / before);
    }

    /** Share of the wanted samples above a score over the share of the others above it, from (0, 0) to (1, 1). */
    public Curve roc() {
        return curve(true);
    }

    /** Precision over recall, from the highest score to the lowest; begins at recall 0 with the first precision. */
    public Curve precisionRecall() {
        return curve(false);
    }

    private Curve curve(boolean roc) {
        int points = 1;
        for (boolean end : ends) {
            points += end ? 1 : 0;
        }
        long positives = 0;
        for (boolean mark : wanted) {
            positives += mark ? 1 : 0;
        }
        double negatives = samples.length - (double) positives;
        double[] x = new double[points];
        double[] y = new double[points];
        int point = 1;
        long found = 0;
        for (int place = 0; place < samples.length; place++) {
            found += wanted[place] ? 1 : 0;
            if (ends[place]) {
                double recall = (double) found / positives;
                x[point] = roc ? (place + 1 - found) / negatives : recall;
                y[point] = roc ? recall : found / (place + 1.0);
                point++;
            }
        }
        y[0] = roc || points == 1 ? 0 : y[1];
        return new Curve(x, y);
    }
}
