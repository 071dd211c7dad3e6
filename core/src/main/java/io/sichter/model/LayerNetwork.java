package io.sichter.model;

import io.sichter.error.Problem;
import io.sichter.error.UsageException;
import io.sichter.nn.Chain;
import io.sichter.nn.Layer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;

/**
 * A network of one's own: the layers that {@code model.layers} lists, one after the other. A layer's parameters carry its
 * name or, without one, its place from 0, as in PyTorch's {@code Sequential}; initial weights are PyTorch's.
 */
final class LayerNetwork extends Classifier {
    /** Where maps end. */
    private static final Set<String> ENDS = Set.of("flatten", "adaptive_avg_pool");

    private final List<Layer> layers = new ArrayList<>();
    private final List<String> starts = new ArrayList<>();
    private final int maps;

    LayerNetwork(String name, ModelOptions options) {
        super(name, options.numClasses());
        if (options.layers().isEmpty()) {
            throw new UsageException(Problem.of("layers.none", name));
        }
        List<PlannedLayer> planned = LayerPlan.of(options);
        for (PlannedLayer layer : planned) {
            Layer built = layer.maker().get();
            layers.add(add(layer.name(), built));
            if (!layer.kind().equals("batch_norm")
                    && built.module().parameters().size() > 0) {
                starts.add(layer.name() + ".");
            }
        }
        maps = IntStream.range(0, planned.size())
                .filter(i -> ENDS.contains(planned.get(i).kind()))
                .findFirst()
                .orElse(planned.size() - 1);
    }

    @Override
    public Tensor forward(ModelInput input) {
        return Chain.run(layers, input.images());
    }

    @Override
    public Tensor features(ModelInput input) {
        return Chain.run(layers.subList(0, maps), input.images());
    }

    @Override
    public List<List<String>> layerGroups() {
        return groupsFrom(starts);
    }
}
