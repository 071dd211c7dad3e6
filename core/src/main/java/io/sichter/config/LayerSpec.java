package io.sichter.config;

import io.sichter.text.Text;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One layer of a network of one's own as it stands in the file: {@code - conv: {out: 32, kernel: 3}}, {@code - relu}, or
 * {@code - max_pool: 2}.
 *
 * @param name the kind of layer, snake_case
 * @param params its parameters: numbers, texts, booleans, or lists of layers; {@link #VALUE} holds what stands right
 *     behind the name; sorted by name
 * @param location where it stands, for messages: {@code net.yaml:14:5}, or empty
 */
public record LayerSpec(String name, Map<String, Object> params, Text location) {
    /** The parameter that is meant where a value follows the name without one: {@code max_pool: 2}. */
    public static final String VALUE = "value";

    /** The parameter of a residual that is meant by a list without a name. */
    public static final String BODY = "body";

    /** The parameter of a residual that holds what its shortcut goes through. */
    public static final String SHORTCUT = "shortcut";

    /** Sorts the parameters by name so that equal layers print equally. */
    public LayerSpec {
        params = Collections.unmodifiableMap(new TreeMap<>(params));
    }

    /** A layer that was not read from a file. */
    public static LayerSpec of(String name, Map<String, Object> params) {
        return new LayerSpec(name, params, Text.empty());
    }

    /**
     * Reads layers back from the text of {@link #write}.
     *
     * @throws io.sichter.error.UsageException if it is no such text
     */
    public static List<LayerSpec> read(String yaml) {
        return LayerNodes.read(yaml);
    }

    /** Layers as one line of YAML. */
    public static String write(List<LayerSpec> layers) {
        return ConfigWriter.inline(layers);
    }

    /** Equal layers do the same; where they stand does not matter. */
    @Override
    public boolean equals(Object other) {
        return other instanceof LayerSpec that && name.equals(that.name) && params.equals(that.params);
    }

    @Override
    public int hashCode() {
        return 31 * name.hashCode() + params.hashCode();
    }
}
