package io.sichter.nn;

import org.bytedeco.pytorch.Module;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** The mean of each channel: {@code [N, C, h, w]} to {@code [N, C, 1, 1]}. */
public final class AdaptiveAvgPool2d extends Layer {
    /** Makes one. */
    public AdaptiveAvgPool2d() {
        super("AdaptiveAvgPool2d", new Module("AdaptiveAvgPool2d"));
    }

    @Override
    protected Tensor forward(Tensor input) {
        return torch.adaptive_avg_pool2d(input, 1, 1);
    }
}
