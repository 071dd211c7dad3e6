package io.sichter.model;

import io.sichter.config.LayerSpec;
import io.sichter.error.Problem;
import io.sichter.error.UsageException;
import io.sichter.registry.Suggestion;
import io.sichter.text.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Reads the parameters of a {@link LayerSpec} with their types and ranges. Every method throws a {@link UsageException}
 * that names the layer, the parameter and where it stands.
 */
final class LayerParameters {
    /** The word that stands for the number of classes. */
    static final String CLASSES = "classes";

    private static final long MOST = 1 << 20;

    private final LayerSpec spec;
    private final String layer;
    private final int classes;

    /**
     * Checks the names of the parameters.
     *
     * @param layer what the layer is called in messages
     * @param known names that it takes
     * @param classes what the word {@code classes} stands for
     */
    LayerParameters(LayerSpec spec, String layer, List<String> known, int classes) {
        this.spec = spec;
        this.layer = layer;
        this.classes = classes;
        for (String name : spec.params().keySet()) {
            if (!known.contains(name) && !name.equals("name")) {
                Text suggestion = Suggestion.didYouMean(name, known);
                throw new UsageException(new Problem(
                        Text.of("layers.parameter.unknown", spec.name(), where()),
                        Text.verbatim(name),
                        known.isEmpty()
                                ? Text.of("layers.parameter.none", spec.name())
                                : Text.of("one_of", String.join(", ", known)),
                        suggestion.isEmpty() ? Text.of("layers.parameter.choose") : suggestion));
            }
        }
    }

    boolean has(String name) {
        return spec.params().containsKey(name);
    }

    /** A whole number from a smallest one on. */
    long whole(String name, long otherwise, long least) {
        return has(name) ? whole(name, least) : otherwise;
    }

    /** A whole number from a smallest one on, or the word {@code classes} where numbers of channels are meant; required. */
    long whole(String name, long least) {
        Object value = required(name);
        boolean channels = name.equals("out") || spec.name().equals("linear");
        if (value.equals(CLASSES) && channels) {
            return classes;
        }
        boolean good = value instanceof Integer || value instanceof Long;
        if (!good || ((Number) value).longValue() < least || ((Number) value).longValue() > MOST) {
            throw wrong(name, value, Text.of("layers.whole", least, MOST));
        }
        return ((Number) value).longValue();
    }

    /** A number of 0 to below 1. */
    double share(String name, double otherwise) {
        if (!has(name)) {
            return otherwise;
        }
        Object value = required(name);
        if (!(value instanceof Number number) || !(number.doubleValue() >= 0 && number.doubleValue() < 1)) {
            throw wrong(name, value, Text.of("layers.share"));
        }
        return number.doubleValue();
    }

    /** A number above 0 and up to 1. */
    double small(String name, double otherwise) {
        if (!has(name)) {
            return otherwise;
        }
        Object value = required(name);
        if (!(value instanceof Number number) || !(number.doubleValue() > 0 && number.doubleValue() <= 1)) {
            throw wrong(name, value, Text.of("layers.small"));
        }
        return number.doubleValue();
    }

    /** Yes or no. */
    boolean flag(String name, boolean otherwise) {
        Object value = has(name) ? required(name) : otherwise;
        if (!(value instanceof Boolean flag)) {
            throw wrong(name, value, Text.of("config.true_or_false"));
        }
        return flag;
    }

    /** Layers inside this one; empty where nothing is said. */
    List<LayerSpec> layers(String name) {
        if (!has(name)) {
            return List.of();
        }
        List<LayerSpec> layers = new ArrayList<>();
        if (!(required(name) instanceof List<?> list)) {
            throw wrong(name, required(name), Text.of("config.layers_like"));
        }
        list.forEach(item -> layers.add((LayerSpec) item));
        return layers;
    }

    /** A problem of this layer: its key's first two arguments are the layer and where it stands, the others follow. */
    UsageException problem(String key, Object... arguments) {
        List<Object> all = new ArrayList<>(List.of(layer, where()));
        all.addAll(List.of(arguments));
        return new UsageException(Problem.of(key, all.toArray()));
    }

    private Object required(String name) {
        Object value = spec.params().get(name);
        if (value == null) {
            throw problem("layers.parameter.missing", name, spec.name());
        }
        return Objects.requireNonNull(value);
    }

    private UsageException wrong(String name, Object received, Text expected) {
        return problem("layers.parameter.wrong", name, received, expected);
    }

    private Text where() {
        return where(spec);
    }

    /** Where a layer stands, to append to a sentence. */
    static Text where(LayerSpec spec) {
        return spec.location().isEmpty() ? Text.empty() : Text.of("layers.where", spec.location());
    }
}
