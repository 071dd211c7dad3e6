package io.sichter.schedule;

/** Step numbers. */
final class Steps {
    private Steps() {}

    static void requirePositive(long totalSteps) {
        if (totalSteps < 1) {
            throw new IllegalArgumentException("A run has at least 1 step, not " + totalSteps);
        }
    }

    static long clamp(long step, long last) {
        if (step < 0) {
            throw new IllegalArgumentException("Steps count from 0, not " + step);
        }
        return Math.min(step, last);
    }
}
