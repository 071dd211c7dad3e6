package io.sichter.nn;

import java.util.List;
import org.bytedeco.pytorch.Tensor;

/** Layers one after the other, named 0, 1, 2 and so on. Has no row of its own in a summary. */
public final class Sequential extends Block {
    private final List<Layer> steps;

    /** Makes one; it owns the layers. */
    public Sequential(List<? extends Layer> layers) {
        super("Sequential");
        steps = List.copyOf(layers);
        for (int i = 0; i < steps.size(); i++) {
            add(Integer.toString(i), steps.get(i));
        }
    }

    @Override
    protected Tensor forward(Tensor input) {
        Tensor x = input;
        for (Layer step : steps) {
            x = step.apply(x);
        }
        return x;
    }
}
