package io.sichter.nn;

import org.bytedeco.pytorch.Module;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** The largest value under a square window; sizes are rounded down. */
public final class MaxPool2d extends Layer {
    private final long[] kernel;
    private final long[] stride;
    private final long[] padding;

    /** Makes one with a square window. */
    public MaxPool2d(long kernel, long stride, long padding) {
        super("MaxPool2d", new Module("MaxPool2d"));
        this.kernel = new long[] {kernel, kernel};
        this.stride = new long[] {stride, stride};
        this.padding = new long[] {padding, padding};
    }

    @Override
    protected Tensor forward(Tensor input) {
        return torch.max_pool2d(input, kernel, stride, padding, new long[] {1, 1}, false);
    }
}
