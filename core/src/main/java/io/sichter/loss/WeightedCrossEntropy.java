package io.sichter.loss;

import io.sichter.tensor.Scope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/**
 * Cross-entropy in which every class counts with its weight, as PyTorch's {@code cross_entropy(weight=...)}: the mean
 * over a batch is the sum of weight x loss divided by the sum of the weights, so that a batch of one class has the same
 * loss as without weights. Half precision logits are converted to float32 first.
 */
public final class WeightedCrossEntropy implements Loss {
    private static final long NO_INDEX = -100;

    private final double[] weights;

    /**
     * Makes one.
     *
     * @param weights one for each class, above 0
     */
    public WeightedCrossEntropy(double[] weights) {
        this.weights = weights.clone();
    }

    @Override
    public Tensor compute(Tensor logits, Tensor targets) {
        return Scope.keeping(() -> {
            Tensor scores = logits.element_size() < Float.BYTES ? logits.to(torch.ScalarType.Float) : logits;
            Tensor weight = Tensor.create(weights).to(scores.device(), scores.scalar_type());
            return torch.cross_entropy_loss(scores, targets, new TensorOptional(weight), MEAN, NO_INDEX, 0.0);
        });
    }

    private static final long MEAN = 1; // at::Reduction::Mean
}
