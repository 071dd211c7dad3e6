package io.sichter.schedule;

/**
 * Half a cosine from the peak to the lowest rate, again and again: PyTorch's {@code CosineAnnealingWarmRestarts},
 * stepped once a step (Loshchilov and Hutter, "SGDR", 2017, equation 5).
 *
 * @param peakLr rate at the start of every cycle
 * @param minLr rate that would follow the last step of a cycle
 * @param firstCycle steps of the first cycle, at least 1
 * @param factor every cycle is so many times longer than the one before, at least 1
 */
public record CosineRestarts(double peakLr, double minLr, long firstCycle, int factor) implements LearningRateSchedule {
    /** Checks the numbers. */
    public CosineRestarts {
        Steps.requirePositive(firstCycle);
        if (factor < 1) {
            throw new IllegalArgumentException("A cycle cannot be " + factor + " times as long");
        }
    }

    @Override
    public double lr(long step) {
        long inCycle = Steps.clamp(step, Long.MAX_VALUE);
        long length = firstCycle;
        if (factor == 1) {
            inCycle %= length;
        }
        while (inCycle >= length) {
            inCycle -= length;
            length = Math.multiplyExact(length, factor);
        }
        return new Cosine(peakLr, minLr, length).lr(inCycle);
    }
}
