package io.sichter.loss;

import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Focal loss under softmax: {@code -alpha_c (1 - p_c)^gamma log p_c} of the right class, mean over the batch (Lin et
 * al., "Focal Loss for Dense Object Detection", 2017, equation 5). Pictures that are already right count less.
 *
 * @param gamma 0 gives cross-entropy
 * @param alpha weight of each class, or empty; the mean is over pictures, not over weights
 */
public record Focal(double gamma, List<Double> alpha) implements Loss {
    private static final double SMALLEST = 1e-12; // keeps the gradient of a root finite where p is 1

    /** Copies the list. */
    public Focal {
        alpha = List.copyOf(alpha);
    }

    @Override
    public Tensor compute(Tensor logits, Tensor targets) {
        Tensor scores = Targets.precise(logits);
        Tensor logs = torch.log_softmax(scores, 1);
        Tensor wrong = logs.expm1().neg().clamp_min(new Scalar(SMALLEST)); // 1 - p, exact also where p is nearly 1
        Tensor each = wrong.pow(new Scalar(gamma)).mul(logs).mul(Targets.shares(targets, scores));
        if (!alpha.isEmpty()) {
            each = each.mul(Targets.perClass(alpha, scores));
        }
        return each.sum().div(new Scalar((double) -scores.size(0)));
    }
}
