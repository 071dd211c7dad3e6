package io.sichter.optim;

import io.sichter.config.OptimizerConfig;
import io.sichter.tensor.Foreach;
import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * LAMB (You et al., "Large Batch Optimization for Deep Learning", 2020), timm's formulas: an Adam step for each tensor,
 * made as long as the tensor itself times the rate. Gradients are shortened to a norm of 1 over all parameters first;
 * tensors without weight decay take the plain step, both as in timm.
 */
final class Lamb extends ListOptimizer {
    private static final double MAX_GRADIENT_NORM = 1;

    private final OptimizerConfig config;
    private double beta1;
    private double shorten = 1;

    Lamb(ParameterGroups parameters, OptimizerConfig config) {
        super(parameters, List.of("exp_avg", "exp_avg_sq", STEP), true);
        this.config = config;
        this.beta1 = config.betas().get(0);
    }

    @Override
    public void setMomentum(double momentum) {
        beta1 = momentum;
    }

    @Override
    void prepare(List<Tensor> gradients) {
        if (!gradients.isEmpty()) {
            double norm = stack(Foreach.norm(gradients)).norm().item_double();
            shorten = 1 / Math.max(1, norm / MAX_GRADIENT_NORM);
        }
    }

    @Override
    void update(Update u) {
        double beta2 = config.betas().get(1);
        List<Tensor> gradients = Foreach.product(u.gradients(), shorten);
        List<Tensor> means = u.state().get(0);
        List<Tensor> squares = u.state().get(1);
        Foreach.lerp(means, gradients, 1 - beta1);
        Foreach.mul(squares, beta2);
        Foreach.addcmul(squares, gradients, gradients, 1 - beta2);

        List<Tensor> roots = Foreach.sqrt(squares);
        Foreach.mul(roots, 1 / Math.sqrt(1 - Math.pow(beta2, (double) u.step())));
        Foreach.add(roots, config.eps());
        List<Tensor> steps = Foreach.product(means, 1 / (1 - Math.pow(beta1, (double) u.step())));
        Foreach.div(steps, roots);
        if (u.weightDecay() != 0) {
            Foreach.add(steps, u.parameters(), u.weightDecay());
            Foreach.mul(steps, trustRatios(u.parameters(), steps));
        }
        Foreach.add(u.parameters(), steps, -u.lr());
    }

    /** Length of each parameter over the length of its step; 1 where either is zero. */
    private static List<Tensor> trustRatios(List<Tensor> parameters, List<Tensor> steps) {
        Tensor lengths = stack(Foreach.norm(parameters));
        Tensor stepLengths = stack(Foreach.norm(steps));
        Tensor usable = lengths.gt(new Scalar(0.0)).logical_and(stepLengths.gt(new Scalar(0.0)));
        Tensor ratios = torch.where(usable, lengths.div(stepLengths), torch.ones_like(lengths));
        TensorVector each = ratios.unbind(0);
        return java.util.stream.LongStream.range(0, each.size())
                .mapToObj(i -> new Tensor(each.get(i)))
                .toList();
    }

    private static Tensor stack(List<Tensor> numbers) {
        return torch.stack(new TensorVector(numbers.toArray(Tensor[]::new)));
    }
}
