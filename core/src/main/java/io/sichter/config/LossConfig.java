package io.sichter.config;

import java.util.List;

/** What training makes small. Validation always reports cross-entropy, so that losses of runs can be compared. */
public record LossConfig(
        @OneOf({"cross_entropy", "focal", "gce", "bce", "asymmetric"})
        String name,

        @Range(min = 0, max = 1, exclusiveMax = true) double labelSmoothing,

        @Range(min = 0) double gamma,

        @Range(min = 0) List<Double> alpha,

        @Range(min = 0, max = 1, exclusiveMin = true) double q,

        @Range(min = 0) double gammaPos,

        @Range(min = 0) double gammaNeg,

        @Range(min = 0, max = 1, exclusiveMax = true) double clip) {
    /** Copies the list. */
    public LossConfig {
        alpha = List.copyOf(alpha);
    }

    /** The section as it is when nothing was said. */
    public static LossConfig defaults() {
        return new LossConfig("cross_entropy", 0, 2, List.of(), 0.7, 1, 4, 0.05);
    }
}
