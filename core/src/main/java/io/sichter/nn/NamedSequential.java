package io.sichter.nn;

import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/** Layers one after the other, each under a name of its own. Has no row of its own in a summary. */
public final class NamedSequential extends Block {
    private final List<Layer> steps;

    /** Makes one with the layers in the order of the map; it owns them. */
    public NamedSequential(Map<String, ? extends Layer> layers) {
        super("Sequential");
        steps = List.copyOf(layers.values());
        layers.forEach(this::add);
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
