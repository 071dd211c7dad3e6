package io.sichter.config;

/** How batches are made. None of these but the batch size changes a result. */
public record LoaderConfig(
        @Help("pictures per step") @Range(min = 1, max = 65536)
        int batchSize,

        @Help("threads that decode and transform beside the training; 0 does it in the training thread, -1 chooses")
        @Range(min = -1, max = 256)
        int workers,

        @Help("batches made ahead") @Range(min = 1, max = 64)
        int prefetch) {
    /** The section as it is when nothing was said. */
    public static LoaderConfig defaults() {
        return new LoaderConfig(32, -1, 3);
    }
}
