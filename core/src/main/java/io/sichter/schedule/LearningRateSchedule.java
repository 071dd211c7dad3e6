package io.sichter.schedule;

import java.util.OptionalDouble;

/** The learning rate as a pure function of the step: nothing to save, nothing to restore. */
public interface LearningRateSchedule {
    /**
     * The rate with which a step is made.
     *
     * @param step number of steps made before, from 0; from the total on the last rate stays
     * @throws IllegalArgumentException if the step is negative
     */
    double lr(long step);

    /**
     * The momentum (beta1 of adam and adamw) with which a step is made, where the schedule moves it.
     *
     * @return empty where the optimizer keeps its own
     */
    default OptionalDouble momentum(long step) {
        return OptionalDouble.empty();
    }
}
