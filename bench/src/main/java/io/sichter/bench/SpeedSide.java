package io.sichter.bench;

import java.io.IOException;

/** A serving process that is measured for about equally long in every round, however fast it is. */
final class SpeedSide implements AutoCloseable {
    private static final int FIRST_STEPS = 2; // the first prepares kernels

    private final PeerProcess process;
    private final double seconds;
    private int steps;

    /** Measures a process for about so many seconds at a time, one step at least. */
    SpeedSide(PeerProcess process, double seconds) {
        this.process = process;
        this.seconds = seconds;
    }

    /** Pictures per second; the first call finds out how many steps a measurement takes. */
    double imagesPerSecond() throws IOException {
        if (steps == 0) {
            process.secondsPerStep(FIRST_STEPS);
            steps = (int) Math.max(1, Math.round(seconds / process.secondsPerStep(1)));
        }
        return process.imagesPerSecond(steps);
    }

    @Override
    public void close() {
        process.close();
    }
}
