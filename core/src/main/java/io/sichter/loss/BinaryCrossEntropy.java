package io.sichter.loss;

import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/**
 * Every class as a yes-or-no question of its own under a sigmoid, mean over pictures and classes: PyTorch's
 * {@code binary_cross_entropy_with_logits}. For several classes in one picture, and for one class as in Wightman et al.,
 * "ResNet strikes back", 2021, where label smoothing spreads its share over the classes (timm's
 * {@code BinaryCrossEntropy}); with shares as targets nothing is smoothed.
 *
 * @param weights of the classes, or empty
 * @param labelSmoothing for class indices as targets
 */
public record BinaryCrossEntropy(List<Double> weights, double labelSmoothing) implements Loss {
    private static final long MEAN = 1;

    /** Copies the list. */
    public BinaryCrossEntropy {
        weights = List.copyOf(weights);
    }

    @Override
    public Tensor compute(Tensor logits, Tensor targets) {
        Tensor scores = Targets.precise(logits);
        Tensor goal = Targets.shares(targets, scores);
        if (targets.dim() == 1 && labelSmoothing > 0) {
            goal = goal.mul(new Scalar(1 - labelSmoothing)).add(new Scalar(labelSmoothing / scores.size(1)));
        }
        TensorOptional weight =
                weights.isEmpty() ? new TensorOptional() : new TensorOptional(Targets.perClass(weights, scores));
        return torch.binary_cross_entropy_with_logits(scores, goal, weight, new TensorOptional(), MEAN);
    }
}
