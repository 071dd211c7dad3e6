package io.sichter.schedule;

/** Step numbers. */
final class Steps {
    private Steps() {}

    static void requirePositive(long totalSteps) {
        if (totalSteps < 1) {
            throw new IllegalArgumentException("There is at least 1 step, not " + totalSteps);
        }
    }

    static long clamp(long step, long last) {
        if (step < 0) {
            throw new IllegalArgumentException("Steps count from 0, not " + step);
        }
        return Math.min(step, last);
    }

    /** Epochs that are done when this step is made. */
    static long epoch(long step, long stepsPerEpoch) {
        return clamp(step, Long.MAX_VALUE) / stepsPerEpoch;
    }
}
