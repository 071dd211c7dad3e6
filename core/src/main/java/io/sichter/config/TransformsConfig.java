package io.sichter.config;

import java.util.List;
import java.util.Map;

/**
 * What happens to a picture before the network sees it. Training and evaluation are two lists; a parameter that says
 * {@code image_size} follows {@code model.image_size}. In place of the section a file may say a name, see {@link #preset}.
 */
public record TransformsConfig(
        List<TransformSpec> train,

        List<TransformSpec> eval,

        Map<String, List<TransformSpec>> perClass,

        String normalize) {
    /** Copies the lists. */
    public TransformsConfig {
        train = List.copyOf(train);
        eval = List.copyOf(eval);
        Map<String, List<TransformSpec>> copy = new java.util.TreeMap<>();
        perClass.forEach((name, specs) -> copy.put(name, List.copyOf(specs)));
        perClass = java.util.Collections.unmodifiableMap(copy);
    }

    /** The section as it is when nothing was said: random crop and flip, centre crop, automatic normalisation. */
    public static TransformsConfig defaults() {
        return new TransformsConfig(
                List.of(
                        TransformSpec.of(
                                "random_resized_crop",
                                Map.of("size", TransformSpec.IMAGE_SIZE, "scale", List.of(0.35, 1.0))),
                        TransformSpec.of("random_horizontal_flip", Map.of("p", 0.5))),
                List.of(
                        TransformSpec.of("resize", Map.of("size", TransformSpec.IMAGE_SIZE)),
                        TransformSpec.of("center_crop", Map.of("size", TransformSpec.IMAGE_SIZE))),
                Map.of(),
                Normalization.AUTO);
    }

    /**
     * The numbers that {@link #normalize} stands for.
     *
     * @throws IllegalStateException if they depend on data; a run writes them down when it starts
     */
    public Normalization normalization(int channels) {
        return Normalization.fixed(normalize, channels)
                .orElseThrow(() -> new IllegalStateException(
                        "transforms.normalize is still \"" + normalize + "\" for " + channels + " channels"));
    }

    /**
     * A section by name: {@code default}, or the chain of a course note, {@code seed000}, {@code seed001},
     * {@code seed002}.
     *
     * @throws IllegalArgumentException if there is none of that name
     */
    public static TransformsConfig preset(String name) {
        return TransformPresets.get(name);
    }

    /** The names that {@link #preset} knows. */
    public static List<String> presets() {
        return TransformPresets.names();
    }
}
