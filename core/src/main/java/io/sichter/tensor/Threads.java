package io.sichter.tensor;

import org.bytedeco.pytorch.global.torch;

/**
 * Threads of one operation. Sums of convolutions depend on their number: results repeat exactly only for equal threads,
 * so a run records it. {@code OMP_NUM_THREADS} must also be set before the JVM starts for full speed.
 */
public final class Threads {
    private Threads() {}

    /** Threads that one operation uses now. */
    public static int get() {
        return torch.get_num_threads();
    }

    /**
     * Sets the threads of one operation for the whole process.
     *
     * @param requested at least 1, or 0 for the processor's cores
     * @return how many are used from now on
     */
    public static int set(int requested) {
        int threads = requested == 0 ? Runtime.getRuntime().availableProcessors() : requested;
        torch.set_num_threads(threads);
        return threads;
    }
}
