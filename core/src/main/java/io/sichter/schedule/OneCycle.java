package io.sichter.schedule;

/**
 * Up to the peak and down to nearly nothing, both along half a cosine: PyTorch's {@code OneCycleLR} with
 * {@code anneal_strategy="cos"} and {@code three_phase=False} (Smith and Topin, "Super-Convergence", 2018).
 *
 * <p>Differences: momentum is left as the optimizer was configured, where PyTorch by default moves it between 0.95 and
 * 0.85, whatever was configured. Where so few steps are made that the rise has none, PyTorch divides by zero; here the
 * run starts at the peak.
 *
 * @param peakLr highest rate
 * @param totalSteps steps of the run, at least 1
 * @param pctStart share of the steps in which the rate rises
 * @param divFactor the first rate is the peak divided by this
 * @param finalDivFactor the last rate is the first divided by this
 */
public record OneCycle(double peakLr, long totalSteps, double pctStart, double divFactor, double finalDivFactor)
        implements LearningRateSchedule {
    /** Checks the number of steps. */
    public OneCycle {
        Steps.requirePositive(totalSteps);
    }

    @Override
    public double lr(long step) {
        double now = Steps.clamp(step, totalSteps - 1);
        double first = peakLr / divFactor;
        double last = totalSteps - 1;
        double top = Math.max(pctStart * totalSteps - 1, 0); // the step at which PyTorch ends the rise
        if (now < top) {
            return anneal(first, peakLr, now / top);
        }
        return anneal(peakLr, first / finalDivFactor, now == top ? 0 : (now - top) / (last - top));
    }

    private static double anneal(double start, double end, double done) {
        return end + (start - end) / 2 * (Math.cos(Math.PI * done) + 1);
    }
}
