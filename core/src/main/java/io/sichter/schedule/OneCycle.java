package io.sichter.schedule;

import java.util.List;
import java.util.OptionalDouble;

/**
 * Up to the peak and down to nearly nothing, both along half a cosine, with momentum the other way round where it is
 * asked for (Smith and Topin, "Super-Convergence", 2018).
 *
 * <p>In PyTorch's shape ({@code OneCycleLR} with {@code anneal_strategy="cos"} and {@code three_phase=False}) the peak is
 * the step before {@code pctStart * totalSteps}, and the last step has the last rate, which is the first divided by
 * {@code finalDivFactor}. In fastai's ({@code fit_one_cycle}) the peak lies at {@code pctStart * totalSteps}, the last
 * rate would follow the last step, and it is the peak divided by {@code finalDivFactor}.
 *
 * <p>Difference: where so few steps are made that the rise has none, PyTorch divides by zero; here the run starts at
 * the peak.
 *
 * @param peakLr highest rate
 * @param totalSteps steps of the run, at least 1
 * @param pctStart share of the steps in which the rate rises
 * @param divFactor the first rate is the peak divided by this
 * @param finalDivFactor makes the last rate
 * @param fastai whose shape
 * @param momentums at the start, at the peak and at the end; empty leaves momentum alone
 */
public record OneCycle(
        double peakLr,
        long totalSteps,
        double pctStart,
        double divFactor,
        double finalDivFactor,
        boolean fastai,
        List<Double> momentums)
        implements LearningRateSchedule {
    /** Checks the number of steps and of momentums. */
    public OneCycle {
        Steps.requirePositive(totalSteps);
        momentums = List.copyOf(momentums);
        if (!momentums.isEmpty() && momentums.size() != 3) {
            throw new IllegalArgumentException("Three momentums or none, not " + momentums);
        }
    }

    @Override
    public double lr(long step) {
        double first = peakLr / divFactor;
        return along(step, first, peakLr, (fastai ? peakLr : first) / finalDivFactor);
    }

    @Override
    public OptionalDouble momentum(long step) {
        return momentums.isEmpty()
                ? OptionalDouble.empty()
                : OptionalDouble.of(along(step, momentums.get(0), momentums.get(1), momentums.get(2)));
    }

    private double along(long step, double first, double middle, double end) {
        double last = fastai ? totalSteps : totalSteps - 1;
        double now = Steps.clamp(step, totalSteps - 1);
        double top = Math.max(pctStart * totalSteps - (fastai ? 0 : 1), 0);
        if (now < top) {
            return anneal(first, middle, now / top);
        }
        return anneal(middle, end, now == top ? 0 : (now - top) / (last - top));
    }

    private static double anneal(double start, double end, double done) {
        return end + (start - end) / 2 * (Math.cos(Math.PI * done) + 1);
    }
}
