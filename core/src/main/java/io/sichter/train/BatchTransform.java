package io.sichter.train;

import java.util.SplittableRandom;
import org.bytedeco.pytorch.Tensor;

/** Changes a whole training batch on the device, where it mixes pictures. A pure function of its arguments. */
@FunctionalInterface
interface BatchTransform {
    /**
     * A batch for the network and the loss.
     *
     * @param input pictures, float32 {@code [N, C, H, W]}, channels_last
     * @param targets class indices {@code [N]}, or shares of the classes {@code [N, K]}
     */
    record Mixed(Tensor input, Tensor targets) {}

    /**
     * Changes a batch, or gives it back as it is.
     *
     * @param batch with class indices as targets
     * @param classes number of classes
     * @param random of this step: the seed, the epoch and the step alone decide
     * @return a batch of the same pictures in the same order, owned by the caller's scope
     */
    Mixed apply(Mixed batch, int classes, SplittableRandom random);

    /** Changes nothing. */
    static BatchTransform none() {
        return (batch, classes, random) -> batch;
    }
}
