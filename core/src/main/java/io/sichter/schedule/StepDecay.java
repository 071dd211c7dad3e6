package io.sichter.schedule;

/**
 * The rate drops by a factor every so many epochs: PyTorch's {@code StepLR}, stepped once an epoch.
 *
 * @param peakLr rate of the first epoch
 * @param stepsPerEpoch steps of an epoch, at least 1
 * @param epochs epochs between two drops, at least 1
 * @param gamma factor of a drop
 */
public record StepDecay(double peakLr, long stepsPerEpoch, int epochs, double gamma) implements LearningRateSchedule {
    /** Checks the number of steps. */
    public StepDecay {
        Steps.requirePositive(stepsPerEpoch);
    }

    @Override
    public double lr(long step) {
        long drops = Steps.epoch(step, stepsPerEpoch) / epochs;
        return peakLr * Math.pow(gamma, (double) drops);
    }
}
