package io.sichter.schedule;

import java.util.List;

/**
 * The rate drops when a metric has stopped to get better: PyTorch's {@code ReduceLROnPlateau} with
 * {@code threshold_mode="abs"} and {@code eps=0}. Whether and how often it dropped is a function of the metric's
 * values, which every checkpoint keeps: there is no state beside them that could be lost.
 *
 * @param gamma factor of a drop
 * @param patience values without a gain that are waited for
 * @param cooldown values after a drop that are not counted
 * @param minDelta a smaller change is no gain
 * @param higherIsBetter direction of the metric
 * @param lowest the product of all drops does not go below
 */
public record Plateau(
        double gamma, int patience, int cooldown, double minDelta, boolean higherIsBetter, double lowest) {
    /**
     * What the drops so far multiply the rate by.
     *
     * @param values of the metric, one an epoch; one that is not available (NaN) is no gain
     * @return 1 before the first drop
     */
    public double factor(List<Double> values) {
        double best = Double.NEGATIVE_INFINITY;
        double factor = 1;
        int waited = 0;
        int cooling = 0;
        for (double value : values) {
            double gain = higherIsBetter ? value : -value;
            boolean better = gain > best + minDelta;
            if (better) {
                best = gain;
            }
            waited = better ? 0 : waited + 1;
            if (cooling > 0) {
                cooling--;
                waited = 0;
            }
            if (waited > patience) {
                factor = Math.max(factor * gamma, Math.min(factor, lowest));
                cooling = cooldown;
                waited = 0;
            }
        }
        return factor;
    }
}
