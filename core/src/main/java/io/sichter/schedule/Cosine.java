package io.sichter.schedule;

/**
 * From the peak to the lowest rate along half a cosine: PyTorch's {@code CosineAnnealingLR} with {@code T_max} equal to
 * all steps, in its closed form (Loshchilov and Hutter, "SGDR", 2017, equation 5).
 *
 * @param peakLr rate of the first step
 * @param minLr rate that would follow the last step
 * @param totalSteps steps of the run, at least 1
 */
public record Cosine(double peakLr, double minLr, long totalSteps) implements LearningRateSchedule {
    /** Checks the number of steps. */
    public Cosine {
        Steps.requirePositive(totalSteps);
    }

    @Override
    public double lr(long step) {
        double done = (double) Steps.clamp(step, totalSteps) / totalSteps;
        return minLr + (peakLr - minLr) * (1 + Math.cos(Math.PI * done)) / 2;
    }
}
