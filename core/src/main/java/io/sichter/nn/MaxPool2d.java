package io.sichter.nn;

import java.util.Optional;
import org.bytedeco.pytorch.Module;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** The largest value under a square window. */
public final class MaxPool2d extends Layer {
    private final long[] kernel;
    private final long[] stride;
    private final long[] padding;
    private final boolean roundUp;

    /** Makes one with a square window; sizes are rounded down. */
    public MaxPool2d(long kernel, long stride, long padding) {
        this(kernel, stride, padding, false);
    }

    /** Makes one with a square window; rounded up, a last window may reach over the edge. */
    public MaxPool2d(long kernel, long stride, long padding, boolean roundUp) {
        super("MaxPool2d", new Module("MaxPool2d"));
        this.kernel = new long[] {kernel, kernel};
        this.stride = new long[] {stride, stride};
        this.padding = new long[] {padding, padding};
        this.roundUp = roundUp;
    }

    @Override
    public Optional<Window> window() {
        return Optional.of(
                new Window(kernel[0], stride[0], padding[0], roundUp ? Window.Rounding.UP : Window.Rounding.DOWN));
    }

    @Override
    protected Tensor forward(Tensor input) {
        return torch.max_pool2d(input, kernel, stride, padding, new long[] {1, 1}, roundUp);
    }
}
