package io.sichter.loss;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * {@code (1 - p_c^q) / q} of the right class, mean over the batch (Zhang and Sabuncu, "Generalized Cross Entropy Loss
 * for Training Deep Neural Networks with Noisy Labels", 2018, equation 6): a picture whose label is wrong, so that its
 * class stays improbable, pulls less than with cross-entropy.
 *
 * @param q towards 0 cross-entropy, at 1 the mean absolute error
 */
public record GeneralizedCrossEntropy(double q) implements Loss {
    @Override
    public Tensor compute(Tensor logits, Tensor targets) {
        Tensor scores = Targets.precise(logits);
        Tensor powers = torch.log_softmax(scores, 1).mul(new Scalar(q)).exp();
        Tensor each = powers.neg().add(new Scalar(1.0)).mul(Targets.shares(targets, scores));
        return each.sum().div(new Scalar(q * scores.size(0)));
    }
}
