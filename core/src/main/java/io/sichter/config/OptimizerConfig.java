package io.sichter.config;

import java.util.List;

/** The optimizer; names, defaults and formulas as in PyTorch. */
public record OptimizerConfig(
        @OneOf({"sgd", "adam", "adamw"}) String name,

        @Range(min = 0, exclusiveMin = true) double lr,

        @Range(min = 0, max = 1, exclusiveMax = true) double momentum,

        boolean nesterov,

        @Range(min = 0, max = 1, exclusiveMax = true) List<Double> betas,

        @Range(min = 0) double eps,

        @Range(min = 0) double weightDecay) {
    /** Copies the list. */
    public OptimizerConfig {
        betas = List.copyOf(betas);
    }

    /** The section as it is when nothing was said. */
    public static OptimizerConfig defaults() {
        return new OptimizerConfig("adamw", 1e-3, 0.9, false, List.of(0.9, 0.999), 1e-8, 0.01);
    }
}
