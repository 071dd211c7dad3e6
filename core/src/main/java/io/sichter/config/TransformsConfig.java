package io.sichter.config;

import java.util.List;
import java.util.Map;

/**
 * What happens to a picture before the network sees it. Training and evaluation are two lists; a parameter that says
 * {@code image_size} follows {@code model.image_size}.
 */
public record TransformsConfig(
        List<TransformSpec> train,

        List<TransformSpec> eval,

        List<Double> mean,

        @Range(min = 0, exclusiveMin = true) List<Double> std) {
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
}
