package io.sichter.run;

import java.util.Optional;

/**
 * Decides which epoch is best. Of two epochs with equal metric the one with the lower validation loss wins, then the
 * earlier one.
 *
 * @param metric name of the metric, a column of {@code metrics.csv}
 */
public record Monitor(String metric) {
    /** Whether an epoch is better than the best so far. */
    public boolean isBetter(EpochMetrics epoch, Optional<EpochMetrics> best) {
        if (best.isEmpty()) {
            return true;
        }
        int byMetric = Double.compare(gain(epoch), gain(best.get()));
        return byMetric > 0
                || (byMetric == 0 && epoch.value("val_loss") < best.get().value("val_loss"));
    }

    /** The best of some epochs, given in order; nothing if there are none. */
    public Optional<EpochMetrics> best(Iterable<EpochMetrics> epochs) {
        Optional<EpochMetrics> best = Optional.empty();
        for (EpochMetrics epoch : epochs) {
            if (isBetter(epoch, best)) {
                best = Optional.of(epoch);
            }
        }
        return best;
    }

    private double gain(EpochMetrics epoch) {
        return gain(epoch.value(metric));
    }

    /** What a value of the metric is worth: higher is better, a value that is not available is worst. */
    public double gain(double value) {
        if (Double.isNaN(value)) {
            return Double.NEGATIVE_INFINITY;
        }
        return metric.endsWith("_loss") ? -value : value;
    }
}
