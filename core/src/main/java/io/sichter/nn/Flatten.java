package io.sichter.nn;

import org.bytedeco.pytorch.Module;
import org.bytedeco.pytorch.Tensor;

/** One row of numbers per picture: {@code [N, C, h, w]} to {@code [N, C * h * w]}. */
public final class Flatten extends Layer {
    /** Makes one. */
    public Flatten() {
        super("Flatten", new Module("Flatten"));
    }

    @Override
    protected Tensor forward(Tensor input) {
        return input.flatten(1, -1);
    }
}
