package io.sichter.nn;

import org.bytedeco.pytorch.Module;
import org.bytedeco.pytorch.Tensor;

/** A view with the dimensions in another order. */
public final class Permute extends Layer {
    private final long[] order;

    /** Makes one; the order names the dimensions of the input. */
    public Permute(long... order) {
        super("Permute", new Module("Permute"));
        this.order = order.clone();
    }

    @Override
    protected Tensor forward(Tensor input) {
        return input.permute(order);
    }
}
