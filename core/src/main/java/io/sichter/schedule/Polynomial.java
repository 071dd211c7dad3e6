package io.sichter.schedule;

/**
 * From the peak to the lowest rate along a power of what is left: with a lowest rate of 0, PyTorch's
 * {@code PolynomialLR} with {@code total_iters} equal to all steps; a power of 1 is a straight line.
 *
 * @param peakLr rate of the first step
 * @param minLr rate that would follow the last step
 * @param totalSteps steps of the run, at least 1
 * @param power exponent, above 0
 */
public record Polynomial(double peakLr, double minLr, long totalSteps, double power) implements LearningRateSchedule {
    /** Checks the number of steps. */
    public Polynomial {
        Steps.requirePositive(totalSteps);
    }

    @Override
    public double lr(long step) {
        double left = 1 - (double) Steps.clamp(step, totalSteps) / totalSteps;
        return minLr + (peakLr - minLr) * Math.pow(left, power);
    }
}
