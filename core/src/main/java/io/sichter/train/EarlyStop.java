package io.sichter.train;

import io.sichter.config.RunConfig;
import io.sichter.run.EpochMetrics;
import io.sichter.run.History;
import io.sichter.run.Monitor;

/**
 * Ends a run when a metric has stopped to get better. A function of the history, like the drops of a plateau: what was
 * waited for so far is never lost.
 */
record EarlyStop(String metric, int patience, double minDelta) {
    static EarlyStop of(RunConfig config) {
        return new EarlyStop(
                config.earlyStop().metric().equals("monitor")
                        ? config.train().monitor()
                        : config.earlyStop().metric(),
                config.earlyStop().patience(),
                config.earlyStop().minDelta());
    }

    /** Whether the run is to end after these epochs. */
    boolean isOver(History history) {
        if (patience == 0) {
            return false;
        }
        double best = Double.NEGATIVE_INFINITY;
        int waited = 0;
        Monitor monitor = new Monitor(metric);
        for (EpochMetrics epoch : history.metrics()) {
            double gain = monitor.gain(epoch.value(metric));
            boolean better = gain > best + minDelta;
            best = better ? gain : best;
            waited = better ? 0 : waited + 1;
        }
        return waited >= patience;
    }
}
