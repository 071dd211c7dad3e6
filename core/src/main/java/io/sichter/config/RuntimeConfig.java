package io.sichter.config;

/** On what the run computes. */
public record RuntimeConfig(
        @OneOf({"auto", "cpu", "cuda", "mps"}) String device,

        @OneOf({"auto", "fp32", "bf16", "fp16"}) String precision,

        @Range(min = 0, max = 1024) int threads) {
    /** The section as it is when nothing was said. */
    public static RuntimeConfig defaults() {
        return new RuntimeConfig("auto", "auto", 0);
    }

    /** The threads that are meant: the processors of this machine where none are named. */
    public int threadsHere() {
        return threads == 0 ? Runtime.getRuntime().availableProcessors() : threads;
    }
}
