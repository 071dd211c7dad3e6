package io.sichter.optim;

import io.sichter.config.OptimizerConfig;
import io.sichter.tensor.Aten;
import java.util.List;

/**
 * Stochastic gradient descent: {@code g += weight_decay * p; b = momentum * b + g; p -= lr * (nesterov ? g + momentum *
 * b : b)}, PyTorch's {@code SGD} without dampening. The buffer begins at zero, which gives PyTorch's first step (there:
 * a copy of the gradient) as well.
 */
final class Sgd extends ListOptimizer {
    private final Aten operator = Aten.operator("aten::_fused_sgd_", "");
    private final OptimizerConfig config;
    private double momentum;

    Sgd(ParameterGroups parameters, OptimizerConfig config) {
        super(parameters, config.momentum() > 0 ? List.of("momentum_buffer") : List.of(), false);
        this.config = config;
        this.momentum = config.momentum();
    }

    @Override
    public void setMomentum(double momentum) {
        // libtorch's operator wants buffers exactly where there is momentum
        if (config.momentum() == 0 || momentum <= 0) {
            throw new IllegalArgumentException(
                    "Momentum cannot go from " + this.momentum + " to " + momentum + ": it has buffers or it has none");
        }
        this.momentum = momentum;
    }

    @Override
    void update(Update u) {
        operator.call(
                u.parameters(),
                u.gradients(),
                u.state().isEmpty() ? List.of() : u.state().get(0),
                u.weightDecay(),
                momentum,
                u.lr(),
                0.0, // dampening
                config.nesterov(),
                false, // maximize
                false, // is_first_step
                null, // grad_scale
                null); // found_inf
    }
}
