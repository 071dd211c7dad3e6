package io.sichter.config;

import java.util.List;

/** The optimizer; names, defaults and formulas as in PyTorch, and in timm where PyTorch has none. */
public record OptimizerConfig(
        @OneOf({"sgd", "adam", "adamw", "rmsprop", "rmsprop_tf", "radam", "lamb", "lion", "muon"})
        String name,

        @Range(min = 0, exclusiveMin = true) double lr,

        @Range(min = 0, max = 1, exclusiveMax = true) double momentum,

        boolean nesterov,

        @Range(min = 0, max = 1, exclusiveMax = true) List<Double> betas,

        @Range(min = 0) double eps,

        @Range(min = 0, max = 1, exclusiveMax = true) double alpha,

        @Range(min = 0) double weightDecay,

        @OneOf({"norm", "bias"}) List<String> noDecay,

        List<TransformSpec> groups,

        @Range(min = 0, max = 1, exclusiveMin = true) double layerDecay,

        @Range(min = 1) double lrSpread) {
    /** Copies the lists. */
    public OptimizerConfig {
        betas = List.copyOf(betas);
        noDecay = List.copyOf(noDecay);
        groups = List.copyOf(groups);
    }

    /** The section as it is when nothing was said; like timm and fastai it decays neither norms nor biases. */
    public static OptimizerConfig defaults() {
        return of("adamw", 1e-3, 0.01);
    }

    /** Whether there is a momentum (or beta1) that a schedule can move. */
    public boolean hasMomentum() {
        return momentum > 0 || !OptimizerRules.WITH_MOMENTUM.contains(name);
    }

    /** An optimizer with this rate and decay, everything else as when nothing was said. */
    public static OptimizerConfig of(String name, double lr, double weightDecay) {
        return new OptimizerConfig(
                name,
                lr,
                0.9,
                false,
                List.of(0.9, 0.999),
                1e-8,
                0.99,
                weightDecay,
                List.of("norm", "bias"),
                List.of(),
                1,
                1);
    }
}
