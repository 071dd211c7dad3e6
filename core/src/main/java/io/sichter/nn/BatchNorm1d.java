package io.sichter.nn;

import io.sichter.tensor.Scope;
import org.bytedeco.pytorch.BatchNorm1dImpl;
import org.bytedeco.pytorch.BatchNormOptions;
import org.bytedeco.pytorch.Tensor;

/**
 * Batch normalisation of rows of numbers, with PyTorch's constants and fastai's initial values: weight 1, bias 1e-3.
 * Parameters and buffers as in {@link BatchNorm2d}.
 */
public final class BatchNorm1d extends Layer {
    private static final double BIAS = 1e-3;

    private final BatchNorm1dImpl norm;

    private BatchNorm1d(BatchNorm1dImpl norm) {
        super("BatchNorm1d", norm);
        this.norm = norm;
    }

    /** Makes one for rows of so many numbers. */
    public static BatchNorm1d of(long numbers) {
        return Scope.call(() -> {
            BatchNorm1dImpl norm = new BatchNorm1dImpl(new BatchNormOptions(numbers));
            Initial.fill(norm.bias(), BIAS);
            return new BatchNorm1d(norm);
        });
    }

    @Override
    protected Tensor forward(Tensor input) {
        return norm.forward(input);
    }
}
