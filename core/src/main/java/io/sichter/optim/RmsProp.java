package io.sichter.optim;

import io.sichter.config.OptimizerConfig;
import io.sichter.tensor.Foreach;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/**
 * RMSprop (Hinton's lecture 6e, 2012), in two versions that differ more than they look: PyTorch's adds epsilon to the
 * root of the mean square, begins with a mean of zero and applies the rate last; TensorFlow's (timm's
 * {@code RMSpropTF}) adds epsilon under the root, begins with one, and lets momentum gather steps that are already
 * multiplied by the rate. Networks such as EfficientNet were trained with the second.
 */
final class RmsProp extends ListOptimizer {
    private final OptimizerConfig config;
    private final boolean tensorFlow;
    private double momentum;

    RmsProp(ParameterGroups parameters, OptimizerConfig config, boolean tensorFlow) {
        super(
                parameters,
                config.momentum() > 0 ? List.of("square_avg", "momentum_buffer") : List.of("square_avg"),
                false);
        this.config = config;
        this.tensorFlow = tensorFlow;
        this.momentum = config.momentum();
        begin();
    }

    /** TensorFlow's mean square begins with one. */
    private void begin() {
        if (tensorFlow) {
            io.sichter.tensor.NoGrad.run(() -> state().forEach((name, tensor) -> {
                if (name.endsWith(".square_avg")) {
                    io.sichter.tensor.Scope.run(() -> tensor.fill_(new org.bytedeco.pytorch.Scalar(1.0)));
                }
            }));
        }
    }

    @Override
    public void clear() {
        super.clear();
        begin();
    }

    @Override
    public void setMomentum(double value) {
        if (config.momentum() == 0 || value <= 0) {
            throw new IllegalArgumentException(
                    "Momentum cannot go from " + momentum + " to " + value + ": it has buffers or it has none");
        }
        momentum = value;
    }

    @Override
    void update(Update u) {
        List<Tensor> gradients = u.decayedGradients();
        List<Tensor> squares = u.state().get(0);
        Foreach.mul(squares, config.alpha());
        Foreach.addcmul(squares, gradients, gradients, 1 - config.alpha());
        List<Tensor> roots = tensorFlow ? rootsWithEpsilon(squares) : Foreach.sqrt(squares);
        if (!tensorFlow) {
            Foreach.add(roots, config.eps());
        }
        if (momentum == 0) {
            Foreach.addcdiv(u.parameters(), gradients, roots, -u.lr());
            return;
        }
        List<Tensor> buffers = u.state().get(1);
        Foreach.mul(buffers, momentum);
        Foreach.addcdiv(buffers, gradients, roots, tensorFlow ? u.lr() : 1);
        Foreach.add(u.parameters(), buffers, tensorFlow ? -1 : -u.lr());
    }

    private List<Tensor> rootsWithEpsilon(List<Tensor> squares) {
        List<Tensor> shifted = Foreach.product(squares, 1);
        Foreach.add(shifted, config.eps());
        return Foreach.sqrt(shifted);
    }
}
