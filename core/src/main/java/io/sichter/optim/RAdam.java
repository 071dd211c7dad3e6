package io.sichter.optim;

import io.sichter.config.OptimizerConfig;
import io.sichter.tensor.Foreach;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/**
 * RAdam (Liu et al., "On the Variance of the Adaptive Learning Rate and Beyond", 2020, algorithm 2), PyTorch's formulas:
 * momentum alone as long as the second moment is too uncertain, then Adam with a factor that makes up for it.
 */
final class RAdam extends ListOptimizer {
    private final OptimizerConfig config;
    private double beta1;

    RAdam(ParameterGroups parameters, OptimizerConfig config) {
        super(parameters, List.of("exp_avg", "exp_avg_sq", STEP), true);
        this.config = config;
        this.beta1 = config.betas().get(0);
    }

    @Override
    public void setMomentum(double momentum) {
        beta1 = momentum;
    }

    @Override
    void update(Update u) {
        double beta2 = config.betas().get(1);
        List<Tensor> gradients = u.decayedGradients();
        List<Tensor> means = u.state().get(0);
        List<Tensor> squares = u.state().get(1);
        Foreach.lerp(means, gradients, 1 - beta1);
        Foreach.mul(squares, beta2);
        Foreach.addcmul(squares, gradients, gradients, 1 - beta2);

        double left1 = 1 - Math.pow(beta1, (double) u.step());
        double left2 = 1 - Math.pow(beta2, (double) u.step());
        double longest = 2 / (1 - beta2) - 1; // rho of infinity in the paper
        double length = longest - 2 * u.step() * (1 - left2) / left2; // rho of t
        if (length <= 5) {
            Foreach.add(u.parameters(), means, -u.lr() / left1);
            return;
        }
        double rectification =
                Math.sqrt((length - 4) * (length - 2) * longest / ((longest - 4) * (longest - 2) * length));
        List<Tensor> roots = Foreach.sqrt(squares);
        Foreach.add(roots, config.eps());
        Foreach.addcdiv(u.parameters(), means, roots, -u.lr() / left1 * Math.sqrt(left2) * rectification);
    }
}
