package io.sichter.optim;

import io.sichter.config.OptimizerConfig;
import io.sichter.tensor.Aten;
import io.sichter.tensor.Foreach;
import java.util.List;

/**
 * Adam (Kingma and Ba, 2015), where weight decay goes into the gradient, and AdamW (Loshchilov and Hutter, "Decoupled
 * Weight Decay Regularization", 2019), where it shrinks the parameter; PyTorch's formulas and bias corrections.
 */
final class Adam extends ListOptimizer {
    private final Aten operator;
    private final OptimizerConfig config;
    private double beta1;

    Adam(ParameterGroups parameters, OptimizerConfig config, boolean decoupled) {
        super(parameters, List.of("exp_avg", "exp_avg_sq", STEP), false);
        this.operator = Aten.operator(decoupled ? "aten::_fused_adamw_" : "aten::_fused_adam_", "");
        this.config = config;
        this.beta1 = config.betas().get(0);
    }

    @Override
    public void setMomentum(double momentum) {
        beta1 = momentum;
    }

    @Override
    void update(Update u) {
        Foreach.add(u.state().get(2), 1);
        operator.call(
                u.parameters(),
                u.gradients(),
                u.state().get(0),
                u.state().get(1),
                List.of(), // max_exp_avg_sqs
                u.state().get(2),
                u.lr(),
                beta1,
                config.betas().get(1),
                u.weightDecay(),
                config.eps(),
                false, // amsgrad
                false, // maximize
                null, // grad_scale
                null); // found_inf
    }
}
