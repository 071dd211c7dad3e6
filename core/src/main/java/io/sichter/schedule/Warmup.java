package io.sichter.schedule;

import java.util.OptionalDouble;

/**
 * A schedule with a straight rise in front of it. The schedule begins when the rise is over, and counts from there:
 * PyTorch's {@code SequentialLR} of a {@code LinearLR} and another (Goyal et al., "Accurate, Large Minibatch SGD",
 * 2017, section 2.2). Momentum stays during the rise as the schedule has it at its beginning.
 *
 * @param schedule what follows
 * @param steps length of the rise, at least 1
 * @param start the rise begins at this share of the schedule's first rate
 */
public record Warmup(LearningRateSchedule schedule, long steps, double start) implements LearningRateSchedule {
    /** Checks the number of steps. */
    public Warmup {
        Steps.requirePositive(steps);
    }

    @Override
    public double lr(long step) {
        if (Steps.clamp(step, steps) == steps) {
            return schedule.lr(step - steps);
        }
        return schedule.lr(0) * (start + (1 - start) * step / steps);
    }

    @Override
    public OptionalDouble momentum(long step) {
        return schedule.momentum(Math.max(0, step - steps));
    }
}
