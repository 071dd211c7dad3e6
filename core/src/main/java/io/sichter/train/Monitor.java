package io.sichter.train;

import io.sichter.run.EpochMetrics;
import java.util.Optional;

/**
 * Decides which epoch is best. Of two epochs with equal metric the one with the lower validation loss wins, then the
 * earlier one.
 */
record Monitor(String metric) {
    /** Whether an epoch is better than the best so far. */
    boolean isBetter(EpochMetrics epoch, Optional<EpochMetrics> best) {
        if (best.isEmpty()) {
            return true;
        }
        int byMetric = Double.compare(gain(epoch), gain(best.get()));
        return byMetric > 0
                || (byMetric == 0 && epoch.value("val_loss") < best.get().value("val_loss"));
    }

    /** Higher is better; what is not available is worst. */
    private double gain(EpochMetrics epoch) {
        double value = epoch.value(metric);
        if (Double.isNaN(value)) {
            return Double.NEGATIVE_INFINITY;
        }
        return metric.endsWith("_loss") ? -value : value;
    }
}
