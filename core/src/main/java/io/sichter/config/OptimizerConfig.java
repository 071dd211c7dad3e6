package io.sichter.config;

import java.util.List;

/** The optimizer; names, defaults and formulas as in PyTorch. */
public record OptimizerConfig(
        @Help("optimizer") @OneOf({"sgd", "adam", "adamw"}) String name,

        @Help("learning rate; the peak where the schedule has one") @Range(min = 0, exclusiveMin = true)
        double lr,

        @Help("momentum of sgd") @Range(min = 0, max = 1, exclusiveMax = true)
        double momentum,

        @Help("Nesterov momentum for sgd") boolean nesterov,

        @Help("decay rates of the two moments of adam and adamw") @Range(min = 0, max = 1, exclusiveMax = true)
        List<Double> betas,

        @Help("added to the denominator by adam and adamw") @Range(min = 0)
        double eps,

        @Help("weight decay: into the gradient for sgd and adam, decoupled for adamw") @Range(min = 0)
        double weightDecay) {
    /** Copies the list. */
    public OptimizerConfig {
        betas = List.copyOf(betas);
    }

    /** The section as it is when nothing was said. */
    public static OptimizerConfig defaults() {
        return new OptimizerConfig("adamw", 1e-3, 0.9, false, List.of(0.9, 0.999), 1e-8, 0.01);
    }
}
