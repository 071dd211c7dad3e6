package io.sichter.config;

import java.util.List;
import java.util.Map;

/**
 * What happens to a picture before the network sees it. Training and evaluation are two lists; a parameter that says
 * {@code image_size} follows {@code model.image_size}. In place of the section a file may say a name, see {@link #preset}.
 */
public record TransformsConfig(
        @Help("applied in order to a training picture") List<TransformSpec> train,

        @Help("applied in order to a picture in validation, evaluation and prediction")
        List<TransformSpec> eval,

        @Help("subtracted per channel, on a scale where black is 0 and white is 1")
        List<Double> mean,

        @Help("divides per channel, on the same scale") @Range(min = 0, exclusiveMin = true)
        List<Double> std) {
    /** Copies the lists. */
    public TransformsConfig {
        train = List.copyOf(train);
        eval = List.copyOf(eval);
        mean = List.copyOf(mean);
        std = List.copyOf(std);
    }

    /** The section as it is when nothing was said: random crop and flip, centre crop, ImageNet's statistics. */
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
                List.of(0.485, 0.456, 0.406),
                List.of(0.229, 0.224, 0.225));
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
