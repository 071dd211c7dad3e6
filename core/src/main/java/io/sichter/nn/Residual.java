package io.sichter.nn;

import org.bytedeco.pytorch.Tensor;

/**
 * Layers with a shortcut around them: the sum of what both make of the input (He et al., "Deep Residual Learning for
 * Image Recognition", 2016). An empty shortcut hands the input on. Parameters {@code body.*} and {@code shortcut.*}.
 */
public final class Residual extends Block {
    private final Chain body;
    private final Chain shortcut;

    /** Makes one; it owns the layers. Both must give the same shape. */
    public Residual(Chain body, Chain shortcut) {
        super("Residual");
        this.body = add("body", body);
        this.shortcut = add("shortcut", shortcut);
    }

    @Override
    protected Tensor forward(Tensor input) {
        return body.apply(input).add(shortcut.apply(input));
    }
}
