package io.sichter.nn;

import java.util.List;
import org.bytedeco.pytorch.Tensor;

/** Layers one after the other, each under a name of its own, which leave their input as it is. */
public final class Chain extends Block {
    private final List<Layer> steps;

    /**
     * Makes one; it owns the layers.
     *
     * @param names as many as layers
     */
    public Chain(List<String> names, List<? extends Layer> layers) {
        super("Sequential");
        steps = List.copyOf(layers);
        for (int i = 0; i < steps.size(); i++) {
            add(names.get(i), steps.get(i));
        }
    }

    /** Computes layers one after the other without changing the input, which somebody else may need. */
    public static Tensor run(List<Layer> steps, Tensor input) {
        Tensor x = steps.isEmpty() || !writesOver(steps.get(0)) ? input : input.clone();
        for (Layer step : steps) {
            x = step.apply(x);
        }
        return x;
    }

    /** Activations write over their input, and what hands it on would let the next one do so. */
    private static boolean writesOver(Layer first) {
        return !(first instanceof Weighted
                || first instanceof BatchNorm2d
                || first instanceof AdaptiveAvgPool2d
                || first.window().isPresent());
    }

    @Override
    protected Tensor forward(Tensor input) {
        return run(steps, input);
    }
}
