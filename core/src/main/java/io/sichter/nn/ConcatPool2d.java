package io.sichter.nn;

import org.bytedeco.pytorch.Module;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * The greatest number and the mean of each map side by side: {@code [N, C, h, w]} to {@code [N, 2 C, 1, 1]}, fastai's
 * {@code AdaptiveConcatPool2d}.
 */
public final class ConcatPool2d extends Layer {
    /** Makes one. */
    public ConcatPool2d() {
        super("AdaptiveConcatPool2d", new Module("AdaptiveConcatPool2d"));
    }

    @Override
    protected Tensor forward(Tensor input) {
        Tensor greatest = torch.adaptive_max_pool2d(input, 1, 1).get0();
        return torch.cat(new TensorVector(greatest, torch.adaptive_avg_pool2d(input, 1, 1)), 1);
    }
}
