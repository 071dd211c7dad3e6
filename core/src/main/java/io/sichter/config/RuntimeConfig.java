package io.sichter.config;

/** On what the run computes. */
public record RuntimeConfig(
        @Help("where to compute; auto takes cuda, then cpu") @OneOf({"auto", "cpu", "cuda", "mps"})
        String device,

        @Help("arithmetic of the network; auto takes bf16 where the processor has it in hardware; fp16 needs cuda")
        @OneOf({"auto", "fp32", "bf16", "fp16"})
        String precision,

        @Help("threads of one operation; 0 takes the processor's cores; results repeat exactly only for equal threads")
        @Range(min = 0, max = 1024)
        int threads) {
    /** The section as it is when nothing was said. */
    public static RuntimeConfig defaults() {
        return new RuntimeConfig("auto", "auto", 0);
    }
}
