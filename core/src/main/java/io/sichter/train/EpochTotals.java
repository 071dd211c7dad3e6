package io.sichter.train;

import io.sichter.metric.ConfusionMatrix;
import io.sichter.run.EpochSums;

/** Sums over the samples of one pass through a split: loss weighted by samples, and the confusion matrix. */
public final class EpochTotals {
    private final ConfusionMatrix confusion;
    private double lossSum;
    private double seconds;
    private double waitSeconds;

    /** Nothing yet. */
    public EpochTotals(int classes) {
        confusion = new ConfusionMatrix(classes);
    }

    /** Goes on from what a checkpoint kept. */
    static EpochTotals restore(int classes, EpochSums sums) {
        EpochTotals totals = new EpochTotals(classes);
        totals.lossSum = sums.lossSum();
        totals.seconds = sums.seconds();
        totals.waitSeconds = sums.waitSeconds();
        totals.confusion.addAll(sums.confusion());
        return totals;
    }

    /** What a checkpoint keeps. */
    EpochSums sums() {
        return new EpochSums(lossSum, confusion.toArray(), seconds, waitSeconds);
    }

    /**
     * Adds a batch.
     *
     * @param meanLoss mean loss of its samples; with class weights their weighted mean, which counts here once for each
     *     sample all the same
     * @param targets true classes, {@code [n]}
     * @param predictions predicted classes, {@code [n]}
     */
    void add(double meanLoss, long[] targets, long[] predictions) {
        lossSum += meanLoss * targets.length;
        for (int i = 0; i < targets.length; i++) {
            confusion.add((int) targets[i], (int) predictions[i]);
        }
    }

    void addTime(double stepSeconds, double stepWaitSeconds) {
        seconds += stepSeconds;
        waitSeconds += stepWaitSeconds;
    }

    /** Mean loss over samples; NaN without samples. */
    public double loss() {
        return lossSum / confusion.total();
    }

    /** Share of samples predicted right. */
    public double accuracy() {
        return confusion.accuracy();
    }

    /** Mean F1 over the classes that have samples. */
    public double f1Macro() {
        return confusion.f1Macro();
    }

    /** Counts of (truth, prediction). */
    public ConfusionMatrix confusion() {
        return confusion;
    }

    double seconds() {
        return seconds;
    }

    double waitSeconds() {
        return waitSeconds;
    }
}
