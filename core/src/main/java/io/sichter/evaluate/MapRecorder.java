package io.sichter.evaluate;

import io.sichter.error.Problem;
import io.sichter.error.UsageException;
import io.sichter.model.Classifier;
import io.sichter.model.ModelInput;
import io.sichter.nn.Layer;
import io.sichter.nn.LayerWatcher;
import io.sichter.registry.Suggestion;
import io.sichter.tensor.NoGrad;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.pytorch.Tensor;

/** Keeps what layers give in one forward pass. */
final class MapRecorder implements LayerWatcher {
    private final Classifier model;
    private final String architecture;
    private final Map<Layer, String> names;
    private final Map<String, FeatureMaps> byLayer = new LinkedHashMap<>();
    private final Map<Integer, FeatureMaps> bySize = new LinkedHashMap<>();
    private List<String> wanted = List.of();

    MapRecorder(Classifier model, String architecture) {
        this.model = model;
        this.architecture = architecture;
        this.names = model.names();
    }

    List<FeatureMaps> record(ModelInput input, List<String> layers) {
        for (String layer : layers) {
            if (!names.containsValue(layer)) {
                throw new UsageException(
                        Problem.of("inside.layer", layer, architecture, Suggestion.orChoose(layer, names.values())));
            }
        }
        wanted = layers;
        NoGrad.run(() -> LayerWatcher.watch(this, () -> model.forward(input)));
        for (String layer : layers) {
            if (!byLayer.containsKey(layer)) {
                throw new UsageException(Problem.of("inside.no_maps", layer, architecture));
            }
        }
        return List.copyOf(layers.isEmpty() ? bySize.values() : byLayer.values());
    }

    @Override
    public void left(Layer layer, Tensor input, Tensor output) {
        String name = names.getOrDefault(layer, "");
        if (wanted.isEmpty() || wanted.contains(name)) {
            maps(output).ifPresent(maps -> {
                FeatureMaps kept = new FeatureMaps(
                        architecture,
                        name,
                        (int) maps.size(1),
                        (int) maps.size(2),
                        (int) maps.size(3),
                        Inspector.values(maps));
                if (wanted.isEmpty()) {
                    bySize.put(kept.width(), kept);
                } else {
                    byLayer.put(name, kept);
                }
            });
        }
    }

    /** Maps as they are; tokens, but for one ahead of them, as maps. Nothing where there is one place only. */
    private static Optional<Tensor> maps(Tensor output) {
        if (output.dim() == 4) {
            boolean square = output.size(2) == output.size(3) && output.size(2) > 1;
            return square ? Optional.of(output) : Optional.empty();
        }
        if (output.dim() != 3) {
            return Optional.empty();
        }
        long tokens = output.size(1);
        long side = (long) Math.sqrt((double) tokens);
        if (side < 2 || tokens - side * side > 1) {
            return Optional.empty();
        }
        Tensor patches = output.narrow(1, tokens - side * side, side * side);
        return Optional.of(patches.transpose(1, 2).reshape(1, output.size(2), side, side));
    }
}
