package io.sichter.schedule;

/**
 * Every epoch multiplies the rate: PyTorch's {@code ExponentialLR}, stepped once an epoch.
 *
 * @param peakLr rate of the first epoch
 * @param stepsPerEpoch steps of an epoch, at least 1
 * @param decay factor of an epoch
 */
public record Exponential(double peakLr, long stepsPerEpoch, double decay) implements LearningRateSchedule {
    /** Checks the number of steps. */
    public Exponential {
        Steps.requirePositive(stepsPerEpoch);
    }

    @Override
    public double lr(long step) {
        return peakLr * Math.pow(decay, (double) Steps.epoch(step, stepsPerEpoch));
    }
}
