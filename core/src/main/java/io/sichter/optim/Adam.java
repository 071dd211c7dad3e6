package io.sichter.optim;

import io.sichter.config.OptimizerConfig;
import io.sichter.tensor.Aten;
import io.sichter.tensor.Scope;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * Adam (Kingma and Ba, 2015), where weight decay goes into the gradient, and AdamW (Loshchilov and Hutter, "Decoupled
 * Weight Decay Regularization", 2019), where it shrinks the parameter; PyTorch's formulas and bias corrections.
 */
final class Adam extends FusedOptimizer {
    private final Aten operator;
    private final OptimizerConfig config;
    private double beta1;

    Adam(Map<String, Tensor> parameters, OptimizerConfig config, boolean decoupled) {
        super(parameters, List.of("exp_avg", "exp_avg_sq", "step"));
        this.operator = Aten.operator(decoupled ? "aten::_fused_adamw_" : "aten::_fused_adam_", "");
        this.config = config;
        this.beta1 = config.betas().get(0);
    }

    @Override
    public void setMomentum(double momentum) {
        beta1 = momentum;
    }

    @Override
    void update(List<Tensor> parameters, List<Tensor> gradients, List<List<Tensor>> state, double lr) {
        List<Tensor> steps = state.get(2);
        Scope.run(() -> {
            Scalar one = new Scalar(1.0);
            steps.forEach(step -> step.add_(one));
        });
        operator.call(
                parameters,
                gradients,
                state.get(0),
                state.get(1),
                List.of(), // max_exp_avg_sqs
                steps,
                lr,
                beta1,
                config.betas().get(1),
                config.weightDecay(),
                config.eps(),
                false, // amsgrad
                false, // maximize
                null, // grad_scale
                null); // found_inf
    }
}
