package io.sichter.config;

import io.sichter.text.Text;
import java.util.Map;
import java.util.TreeMap;

/**
 * One transform of a list as it stands in the file: {@code - random_rotation: {degrees: 10}}.
 *
 * @param name the transform's name, snake_case
 * @param params its parameters: numbers, texts, booleans, lists of them, or nested specs; sorted by name
 * @param location where it stands, for messages: {@code run.yaml:14:5}, or empty
 */
public record TransformSpec(String name, Map<String, Object> params, Text location) {
    /** The word that stands for {@code model.image_size}. */
    public static final String IMAGE_SIZE = "image_size";

    /** Sorts the parameters by name so that equal specs print equally. */
    public TransformSpec {
        params = java.util.Collections.unmodifiableMap(new TreeMap<>(params));
    }

    /** A spec that was not read from a file. */
    public static TransformSpec of(String name, Map<String, Object> params) {
        return new TransformSpec(name, params, Text.empty());
    }

    /** Equal specs do the same; where they stand does not matter. */
    @Override
    public boolean equals(Object other) {
        return other instanceof TransformSpec that && name.equals(that.name) && params.equals(that.params);
    }

    @Override
    public int hashCode() {
        return 31 * name.hashCode() + params.hashCode();
    }
}
