package io.sichter.train;

import io.sichter.loader.Batch;
import io.sichter.model.ModelInput;
import io.sichter.run.Preprocessing;
import io.sichter.tensor.Device;
import io.sichter.tensor.InputNormalizer;
import io.sichter.tensor.Precision;
import io.sichter.tensor.Scope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Where and how a network computes, and how batches get there. Training, evaluation and prediction go through the same
 * one, so that a picture becomes the same input everywhere.
 *
 * @param device where tensors live
 * @param precision arithmetic of the forward pass
 * @param normalizer from raw pixels to input
 */
public record Engine(Device device, Precision precision, InputNormalizer normalizer) implements AutoCloseable {
    /** An engine for pictures that are prepared in this way. */
    public static Engine of(Device device, Precision precision, Preprocessing preprocessing) {
        return new Engine(device, precision, new InputNormalizer(preprocessing.mean(), preprocessing.std(), device));
    }

    /** The input for a batch, owned by the caller's scope. */
    public ModelInput input(Batch batch) {
        return new ModelInput(normalizer.apply(
                batch.pixels(), batch.depth(), batch.size(), batch.height(), batch.width(), batch.channels()));
    }

    /** Class indices {@code [n]} on the device, owned by the caller's scope. */
    public Tensor targets(Batch batch) {
        try (Scope scope = Scope.open()) {
            return scope.keep(torch.tensor(batch.targets()).to(device.toTorch(), torch.ScalarType.Long));
        }
    }

    @Override
    public void close() {
        normalizer.close();
    }
}
