package io.sichter.schedule;

import java.util.List;

/**
 * The rate drops by a factor when given numbers of epochs are done: PyTorch's {@code MultiStepLR}, stepped once an
 * epoch.
 *
 * @param peakLr rate of the first epoch
 * @param stepsPerEpoch steps of an epoch, at least 1
 * @param milestones epochs after which the rate drops
 * @param gamma factor of a drop
 */
public record MultiStep(double peakLr, long stepsPerEpoch, List<Integer> milestones, double gamma)
        implements LearningRateSchedule {
    /** Checks the number of steps and copies the list. */
    public MultiStep {
        Steps.requirePositive(stepsPerEpoch);
        milestones = List.copyOf(milestones);
    }

    @Override
    public double lr(long step) {
        long done = Steps.epoch(step, stepsPerEpoch);
        return peakLr
                * Math.pow(gamma, (double)
                        milestones.stream().filter(m -> m <= done).count());
    }
}
