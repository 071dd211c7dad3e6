package io.sichter.optim;

import io.sichter.config.OptimizerConfig;
import io.sichter.tensor.Foreach;
import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Muon (Jordan et al., "Muon: An optimizer for hidden layers in neural networks", 2024) for parameters of two and more
 * dimensions: a step of Nesterov momentum is made orthogonal by five rounds of a Newton-Schulz iteration. A
 * convolution's weight counts as the matrix {@code [out, in * kh * kw]}.
 *
 * <p>PyTorch's {@code torch.optim.Muon} with {@code adjust_lr_fn="match_rms_adamw"} (Liu et al., "Muon is Scalable for
 * LLM Training", 2025), so that a rate that is right for adamw is right here, and one rate serves both. Difference: the
 * iteration runs in float32, not bfloat16, which is slower than need be only on GPUs.
 */
final class Muon extends ListOptimizer {
    private static final double A = 3.4445;
    private static final double B = -4.7750;
    private static final double C = 2.0315;
    private static final int ROUNDS = 5;
    private static final double SMALLEST_NORM = 1e-7;

    private double momentum;

    Muon(ParameterGroups parameters, OptimizerConfig config) {
        super(parameters, List.of("momentum_buffer"), false);
        this.momentum = config.momentum();
    }

    /** Whether a parameter is a matrix to it. */
    static boolean takes(Tensor parameter) {
        return parameter.dim() >= 2;
    }

    @Override
    public void setMomentum(double value) {
        momentum = value;
    }

    @Override
    void update(Update u) {
        List<Tensor> buffers = u.state().get(0);
        Foreach.lerp(buffers, u.gradients(), 1 - momentum);
        List<Tensor> steps = Foreach.between(u.gradients(), buffers, momentum);
        Foreach.mul(u.parameters(), 1 - u.lr() * u.weightDecay());
        for (int i = 0; i < steps.size(); i++) {
            Tensor parameter = u.parameters().get(i);
            long[] shape = parameter.shape();
            Tensor matrix = steps.get(i).reshape(shape[0], -1);
            double length = 0.2 * Math.sqrt(Math.max((double) matrix.size(0), (double) matrix.size(1)));
            Tensor direction = orthogonal(matrix).reshape(shape);
            parameter.add_(direction, new Scalar(-u.lr() * length));
        }
    }

    /** Nearly {@code U V^T} of the matrix {@code U S V^T}: its singular values come out between about 0.7 and 1.2. */
    static Tensor orthogonal(Tensor matrix) {
        boolean tall = matrix.size(0) > matrix.size(1);
        Tensor x = tall ? matrix.t() : matrix;
        x = x.div(x.norm().clamp_min(new Scalar(SMALLEST_NORM)));
        for (int round = 0; round < ROUNDS; round++) {
            Tensor gram = torch.mm(x, x.t());
            Tensor polynomial = torch.addmm(gram, gram, gram, new Scalar(B), new Scalar(C));
            x = torch.addmm(x, polynomial, x, new Scalar(A), new Scalar(1.0));
        }
        return tall ? x.t() : x;
    }
}
