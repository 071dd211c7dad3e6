package io.sichter.loss;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Negative log-likelihood of the right class under softmax, mean over the batch; PyTorch's {@code cross_entropy}. Half
 * precision logits are converted to float32 first.
 */
public final class CrossEntropy implements Loss {
    @Override
    public Tensor compute(Tensor logits, Tensor targets) {
        boolean half = logits.element_size() < Float.BYTES;
        return torch.cross_entropy_loss(half ? logits.to(torch.ScalarType.Float) : logits, targets);
    }
}
