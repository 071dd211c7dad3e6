package io.sichter.nn;

import org.bytedeco.pytorch.Module;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Means over as many windows as asked for: {@code [N, C, h, w]} to {@code [N, C, size, size]}. */
public final class AdaptiveAvgPool2d extends Layer {
    private final long size;

    /** The mean of each channel: one window. */
    public AdaptiveAvgPool2d() {
        this(1);
    }

    /** Makes one with so many windows along each axis. */
    public AdaptiveAvgPool2d(long size) {
        super("AdaptiveAvgPool2d", new Module("AdaptiveAvgPool2d"));
        this.size = size;
    }

    @Override
    public String settings() {
        return size + "x" + size;
    }

    @Override
    protected Tensor forward(Tensor input) {
        return torch.adaptive_avg_pool2d(input, size, size);
    }
}
