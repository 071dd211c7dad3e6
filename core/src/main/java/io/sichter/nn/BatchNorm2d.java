package io.sichter.nn;

import io.sichter.tensor.Scope;
import org.bytedeco.pytorch.BatchNorm2dImpl;
import org.bytedeco.pytorch.BatchNormOptions;
import org.bytedeco.pytorch.Tensor;

/**
 * Batch normalisation per channel with PyTorch's defaults: eps 1e-5, running statistics with momentum 0.1. Parameters
 * {@code weight} (1) and {@code bias} (0); buffers {@code running_mean}, {@code running_var},
 * {@code num_batches_tracked} (Ioffe and Szegedy, 2015).
 */
public final class BatchNorm2d extends Layer {
    private final BatchNorm2dImpl norm;

    private BatchNorm2d(BatchNorm2dImpl norm) {
        super("BatchNorm2d", norm);
        this.norm = norm;
    }

    /** Makes one for so many channels. */
    public static BatchNorm2d of(long channels) {
        return Scope.call(() -> new BatchNorm2d(new BatchNorm2dImpl(new BatchNormOptions(channels))));
    }

    @Override
    protected Tensor forward(Tensor input) {
        return norm.forward(input);
    }
}
