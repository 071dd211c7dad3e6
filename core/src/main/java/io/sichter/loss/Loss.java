package io.sichter.loss;

import org.bytedeco.pytorch.Tensor;

/** What training makes small. */
@FunctionalInterface
public interface Loss {
    /**
     * The mean loss of a batch.
     *
     * @param logits scores before softmax, {@code [N, K]}, any floating dtype
     * @param targets class indices, {@code [N]}, int64, each below K
     * @return one number, float32 or float64 as precise as the logits, with its gradient; owned by the caller's scope
     */
    Tensor compute(Tensor logits, Tensor targets);
}
