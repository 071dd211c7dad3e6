package io.sichter.model;

import io.sichter.config.LayerSpec;
import io.sichter.error.Problem;
import io.sichter.error.UsageException;
import io.sichter.registry.Suggestion;
import io.sichter.text.Text;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The layers of a network of one's own with their shapes, inferred from the picture's size and checked against what the
 * file says, before anything is built.
 */
final class LayerPlan {
    private final int classes;
    private final List<Long> sizes = new ArrayList<>();

    private LayerPlan(int classes) {
        this.classes = classes;
    }

    /**
     * Plans a network.
     *
     * @throws UsageException for a layer that is not known, has a wrong parameter, or does not fit what comes before it; or
     *     if the last layer does not give one score for each class
     */
    static List<PlannedLayer> of(ModelOptions options) {
        List<LayerSpec> specs = options.layers();
        List<PlannedLayer> layers = shapes(options);
        Flow last = layers.get(layers.size() - 1).output();
        if (!last.isRow() || last.channels() != options.numClasses()) {
            LayerSpec spec = specs.get(specs.size() - 1);
            throw new UsageException(
                    Problem.of("layers.outputs", LayerParameters.where(spec), spec.name(), last, options.numClasses()));
        }
        return layers;
    }

    /** The same, whatever the last layer gives: before the classes are known. */
    static List<PlannedLayer> shapes(ModelOptions options) {
        return of(
                options.layers(),
                options.imageSize(),
                options,
                (place, expected) -> fitting(options.layers().subList(0, place), expected, options));
    }

    private static List<PlannedLayer> of(List<LayerSpec> specs, int imageSize, ModelOptions options, Search search) {
        LayerPlan plan = new LayerPlan(options.numClasses());
        plan.sizes.add((long) imageSize);
        return plan.chain(specs, new Flow(options.channels(), imageSize), "", search);
    }

    /** Finds picture sizes with which a layer gets the numbers it expects. */
    @FunctionalInterface
    private interface Search {
        List<Integer> sizes(int layer, long expected);
    }

    private static List<Integer> fitting(List<LayerSpec> before, long expected, ModelOptions options) {
        List<Integer> sizes = new ArrayList<>();
        for (int size = 1; size <= 1024; size++) {
            if (values(before, size, options) == expected) {
                sizes.add(size);
            }
        }
        return sizes;
    }

    /** How many numbers layers give for pictures of a size; -1 where these are too small. */
    private static long values(List<LayerSpec> layers, int size, ModelOptions options) {
        try {
            List<PlannedLayer> planned = of(layers, size, options, (place, expected) -> List.of());
            return planned.get(planned.size() - 1).output().values();
        } catch (UsageException e) {
            return -1;
        }
    }

    private List<PlannedLayer> chain(List<LayerSpec> specs, Flow input, String prefix, Search search) {
        List<PlannedLayer> layers = new ArrayList<>();
        Set<String> names = new HashSet<>();
        Flow flow = input;
        for (int i = 0; i < specs.size(); i++) {
            LayerSpec spec = specs.get(i);
            Object given = spec.params().getOrDefault("name", Integer.toString(i));
            String name = String.valueOf(given);
            if (!name.matches("[A-Za-z0-9_]+") || !names.add(name)) {
                throw new UsageException(Problem.of("layers.name", spec.name(), LayerParameters.where(spec), name));
            }
            PlannedLayer layer = plan(spec, name, prefix, flow, search, i);
            if (!layer.output().isRow() && layer.output().side() != flow.side()) {
                sizes.add(layer.output().side());
            }
            flow = layer.output();
            layers.add(layer);
        }
        return layers;
    }

    private PlannedLayer plan(LayerSpec spec, String name, String prefix, Flow input, Search search, int place) {
        Map<String, LayerKind> kinds = LayerKind.ALL;
        LayerKind kind = kinds.get(spec.name());
        if (kind == null) {
            throw new UsageException(new Problem(
                    Text.of("layers.unknown", LayerParameters.where(spec)),
                    Text.verbatim(spec.name()),
                    Text.of("one_of", String.join(", ", kinds.keySet())),
                    Suggestion.orChoose(spec.name(), kinds.keySet())));
        }
        String called = spec.params().containsKey("name") ? prefix + name : spec.name() + " " + prefix + name;
        LayerParameters parameters = new LayerParameters(spec, called, kind.parameters(), classes);
        if (kind.place() == LayerKind.Place.MAPS && input.isRow()) {
            throw parameters.problem("layers.needs_maps", input.channels());
        }
        if (kind.place() == LayerKind.Place.ROW && !input.isRow()) {
            throw parameters.problem("layers.needs_row", input, input.values());
        }
        checkInputs(parameters, input, place, search);
        LayerKind.Made made = kind.maker()
                .make(
                        parameters,
                        input,
                        (inner, flow, part) ->
                                chain(inner, flow, prefix + name + "." + part + ".", (i, expected) -> List.of()));
        return new PlannedLayer(name, spec.name(), made.output(), made.maker());
    }

    /** A file may say what a layer gets: to be told at once where a picture has another size. */
    private void checkInputs(LayerParameters parameters, Flow input, int place, Search search) {
        if (!parameters.has("in")) {
            return;
        }
        long expected = parameters.whole("in", 1);
        if (expected == input.channels()) {
            return;
        }
        String arithmetic =
                String.join(" -> ", sizes.stream().map(String::valueOf).toList());
        List<Integer> fitting = input.isRow() ? search.sizes(place, expected) : List.of();
        if (fitting.isEmpty()) {
            throw parameters.problem("layers.inputs", expected, input.channels(), sizes.get(0), arithmetic);
        }
        throw parameters.problem(
                "layers.features",
                expected,
                input.channels(),
                sizes.get(0),
                arithmetic,
                fitting.get(0),
                fitting.get(fitting.size() - 1));
    }
}
