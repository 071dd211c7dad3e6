package io.sichter.config;

/** How batches are made. None of these but the batch size changes a result. */
public record LoaderConfig(
        @Range(min = 1, max = 65536) int batchSize,

        @Range(min = -1, max = 256) int workers,

        @Range(min = 1, max = 64) int prefetch) {
    /** The section as it is when nothing was said. */
    public static LoaderConfig defaults() {
        return new LoaderConfig(32, -1, 3);
    }
}
