package io.sichter.schedule;

/**
 * The same rate at every step.
 *
 * @param rate the rate
 */
public record Constant(double rate) implements LearningRateSchedule {
    @Override
    public double lr(long step) {
        Steps.clamp(step, 1);
        return rate;
    }
}
