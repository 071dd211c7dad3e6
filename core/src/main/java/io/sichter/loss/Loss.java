package io.sichter.loss;

import org.bytedeco.pytorch.Tensor;

/** What training makes small. Pure functions of logits and targets. */
@FunctionalInterface
public interface Loss {
    /**
     * The mean loss of a batch.
     *
     * @param logits scores before softmax, {@code [N, K]}, any floating dtype
     * @param targets class indices, {@code [N]}, int64, each below K; or shares of the classes, {@code [N, K]}, floating,
     *     each from 0 to 1: what mixing pictures gives, or several classes in one picture
     * @return one number, float32 or float64 as precise as the logits, with its gradient; owned by the caller's scope
     */
    Tensor compute(Tensor logits, Tensor targets);
}
