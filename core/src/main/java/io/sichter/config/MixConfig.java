package io.sichter.config;

/** Whether pictures of a batch are mixed with one another in training. */
public record MixConfig(
        @Range(min = 0, max = 100) double mixup,

        @Range(min = 0, max = 100) double cutmix,

        @Range(min = 0, max = 1, exclusiveMin = true) double probability,

        @Range(min = 0, max = 1) double cutmixShare,

        boolean perSample,

        @Range(min = 0, max = 1, exclusiveMax = true) double share) {
    /** The section as it is when nothing was said. */
    public static MixConfig defaults() {
        return new MixConfig(0, 0, 1, 0.5, true, 0);
    }
}
