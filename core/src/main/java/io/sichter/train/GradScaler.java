package io.sichter.train;

import io.sichter.tensor.Precision;

/**
 * The factor by which a loss is multiplied in fp16, so that small gradients are not rounded to zero; PyTorch's
 * {@code GradScaler}: halved when gradients overflow (that update is left out), doubled after 2000 updates without.
 * Pure numbers; whoever computes asks for the factor and tells what came of it.
 *
 * @param scale the factor; 1 where no scaling is needed
 * @param sound updates since the factor last changed
 */
record GradScaler(double scale, int sound) {
    private static final double FIRST = 65536;
    private static final int INTERVAL = 2000;

    /** The state at the start of a run. */
    static GradScaler of(Precision precision) {
        return new GradScaler(precision == Precision.FP16 ? FIRST : 1, 0);
    }

    /** Whether losses are scaled at all; a factor of 1 that was reached by halving still is one. */
    static boolean isNeeded(Precision precision) {
        return precision == Precision.FP16;
    }

    /** The state after an update. */
    GradScaler after(boolean overflow) {
        if (overflow) {
            return new GradScaler(scale / 2, 0);
        }
        return sound + 1 == INTERVAL ? new GradScaler(scale * 2, 0) : new GradScaler(scale, sound + 1);
    }
}
