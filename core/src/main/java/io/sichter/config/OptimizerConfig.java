package io.sichter.config;

import java.util.List;

/** The optimizer; names, defaults and formulas as in PyTorch, and in timm where PyTorch has none. */
public record OptimizerConfig(
        @Help("optimizer") @OneOf({"sgd", "adam", "adamw", "rmsprop", "rmsprop_tf", "radam", "lamb", "lion", "muon"})
        String name,

        @Help("learning rate; the peak where the schedule has one") @Range(min = 0, exclusiveMin = true)
        double lr,

        @Help("momentum of sgd, rmsprop, rmsprop_tf and muon") @Range(min = 0, max = 1, exclusiveMax = true)
        double momentum,

        @Help("Nesterov momentum for sgd; muon always has it")
        boolean nesterov,

        @Help("decay rates of the two moments of adam, adamw, radam, lamb, lion ([0.9, 0.99] in its paper), and of"
                + " muon's adamw")
        @Range(min = 0, max = 1, exclusiveMax = true)
        List<Double> betas,

        @Help("added to the denominator by all but sgd and lion; rmsprop_tf adds it under the root, as TensorFlow does")
        @Range(min = 0)
        double eps,

        @Help("decay rate of the mean square of rmsprop (PyTorch 0.99) and rmsprop_tf (timm 0.9)")
        @Range(min = 0, max = 1, exclusiveMax = true)
        double alpha,

        @Help("weight decay: into the gradient for sgd, adam, radam, rmsprop and rmsprop_tf, into the update for lamb,"
                + " decoupled for adamw, lion and muon")
        @Range(min = 0)
        double weightDecay,

        @Help("not decayed: norm (weights of normalisation and other vectors), bias (all biases); [] decays everything")
        @OneOf({"norm", "bias"})
        List<String> noDecay,

        @Help("other rates and decay for parts of the network, by the beginning of their parameters' names, such as"
                + " {fc: {lr: 10, weight_decay: 0}}; lr multiplies the rate")
        List<TransformSpec> groups) {
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

    /** An optimizer with this rate and decay, everything else as when nothing was said. */
    public static OptimizerConfig of(String name, double lr, double weightDecay) {
        return new OptimizerConfig(
                name, lr, 0.9, false, List.of(0.9, 0.999), 1e-8, 0.99, weightDecay, List.of("norm", "bias"), List.of());
    }
}
