package io.sichter.nn;

import java.util.Optional;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Module;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** The mean under a square window that moves by its own size; a window that reaches over the edge counts what it has. */
public final class AvgPool2d extends Layer {
    private final long[] window;

    /** Makes one with a square window. */
    public AvgPool2d(long window) {
        super("AvgPool2d", new Module("AvgPool2d"));
        this.window = new long[] {window, window};
    }

    @Override
    public Optional<Window> window() {
        return Optional.of(new Window(window[0], window[0], 0, Window.Rounding.UP));
    }

    @Override
    protected Tensor forward(Tensor input) {
        return torch.avg_pool2d(input, window, window, new long[] {0, 0}, true, true, new LongOptional());
    }
}
