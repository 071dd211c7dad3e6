package io.sichter.optim;

import io.sichter.config.OptimizerConfig;
import io.sichter.tensor.Foreach;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/**
 * Lion (Chen et al., "Symbolic Discovery of Optimization Algorithms", 2023), timm's formulas: every parameter moves by
 * exactly the rate, in the direction of a mean of gradients. It wants a rate three to ten times smaller than adamw's and
 * a weight decay as many times larger.
 */
final class Lion extends ListOptimizer {
    private final OptimizerConfig config;
    private double beta1;

    Lion(ParameterGroups parameters, OptimizerConfig config) {
        super(parameters, List.of("exp_avg"), false);
        this.config = config;
        this.beta1 = config.betas().get(0);
    }

    @Override
    public void setMomentum(double momentum) {
        beta1 = momentum;
    }

    @Override
    void update(Update u) {
        List<Tensor> means = u.state().get(0);
        Foreach.mul(u.parameters(), 1 - u.lr() * u.weightDecay());
        List<Tensor> directions = Foreach.between(means, u.gradients(), 1 - beta1);
        Foreach.sign(directions);
        Foreach.add(u.parameters(), directions, -u.lr());
        Foreach.lerp(means, u.gradients(), 1 - config.betas().get(1));
    }
}
