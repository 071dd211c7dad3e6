package io.sichter.train;

import io.sichter.config.TrainConfig;
import io.sichter.tensor.Foreach;
import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/** What is done to gradients that are too large, between the backward pass and the update. */
@FunctionalInterface
interface GradientClip {
    /**
     * Changes gradients in place.
     *
     * @param parameters that have gradients
     * @param gradients theirs
     * @param norm Euclidean norm of all of them together
     */
    void apply(List<Tensor> parameters, List<Tensor> gradients, double norm);

    /** The rule that a configuration asks for. */
    static GradientClip of(TrainConfig config) {
        double limit = config.clipAt();
        return switch (config.clip()) {
            case "norm" -> (parameters, gradients, norm) -> byNorm(gradients, norm, limit);
            case "value" -> (parameters, gradients, norm) -> Foreach.clamp(gradients, limit);
            case "adaptive" -> (parameters, gradients, norm) -> adaptive(parameters, gradients, limit);
            default -> (parameters, gradients, norm) -> {};
        };
    }

    /** PyTorch's {@code clip_grad_norm_}. */
    private static void byNorm(List<Tensor> gradients, double norm, double limit) {
        double factor = limit / (norm + 1e-6);
        if (factor < 1) {
            Foreach.mul(gradients, factor);
        }
    }

    /**
     * Adaptive clipping (Brock et al., "High-Performance Large-Scale Image Recognition Without Normalization", 2021,
     * equation 3): the gradient of each output unit is at most a share of the norm of that unit's weights. timm's
     * {@code adaptive_clip_grad}.
     */
    private static void adaptive(List<Tensor> parameters, List<Tensor> gradients, double share) {
        for (int i = 0; i < gradients.size(); i++) {
            Tensor gradient = gradients.get(i);
            Tensor largest =
                    unitNorm(parameters.get(i)).clamp_min(new Scalar(1e-3)).mul(new Scalar(share));
            Tensor norm = unitNorm(gradient).clamp_min(new Scalar(1e-6));
            gradient.mul_(largest.div(norm).clamp_max(new Scalar(1.0)));
        }
    }

    /** Norm of everything that belongs to one output; of a vector as a whole. */
    private static Tensor unitNorm(Tensor tensor) {
        if (tensor.dim() <= 1) {
            return tensor.norm();
        }
        long[] rest = java.util.stream.LongStream.range(1, tensor.dim()).toArray();
        return tensor.square()
                .sum(rest, true, new org.bytedeco.pytorch.ScalarTypeOptional())
                .sqrt();
    }
}
