package io.sichter.loss;

import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/**
 * Negative log-likelihood of the right class under softmax, PyTorch's {@code cross_entropy} with all that it does: mean
 * over the batch, with weights the weighted mean (for targets that are shares, the sum of weighted losses over the
 * number of pictures); label smoothing as in Szegedy et al., "Rethinking the Inception Architecture", 2016, section 7.
 *
 * @param weights of the classes, or empty
 * @param labelSmoothing share of the target that is spread over all classes, from 0 to below 1
 */
public record CrossEntropy(List<Double> weights, double labelSmoothing) implements Loss {
    private static final long MEAN = 1;
    private static final long IGNORED_INDEX = -100;

    /** Copies the list. */
    public CrossEntropy {
        weights = List.copyOf(weights);
    }

    /** Plain cross-entropy. */
    public CrossEntropy() {
        this(List.of(), 0);
    }

    @Override
    public Tensor compute(Tensor logits, Tensor targets) {
        Tensor scores = Targets.precise(logits);
        Tensor goal = targets.dim() == 1 ? targets : Targets.shares(targets, scores);
        TensorOptional weight =
                weights.isEmpty() ? new TensorOptional() : new TensorOptional(Targets.perClass(weights, scores));
        return torch.cross_entropy_loss(scores, goal, weight, MEAN, IGNORED_INDEX, labelSmoothing);
    }
}
