package io.sichter.config;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Whole {@code transforms} sections by name: the chains of the course notes, line by line. {@code transforms: seed000}
 * stands for one in a file, {@code transforms=seed000} on the command line; keys that are set later override parts of it.
 * A {@code run.yaml} has the lists themselves, never the name.
 *
 * <p>What the notes do to pictures that are judged, beside the random steps, is the list {@code eval}.
 */
final class TransformPresets {
    private static final String SIZE = TransformSpec.IMAGE_SIZE;
    private static final List<Object> SQUARE = List.of(SIZE, SIZE);

    private static final Map<String, TransformsConfig> BY_NAME = new TreeMap<>(Map.of(
            "default", TransformsConfig.defaults(), "seed000", seed000(), "seed001", seed001(), "seed002", seed002()));

    private TransformPresets() {}

    /** Their names in order. */
    static List<String> names() {
        return List.copyOf(BY_NAME.keySet());
    }

    /** One of them. */
    static TransformsConfig get(String name) {
        TransformsConfig preset = BY_NAME.get(name);
        if (preset == null) {
            throw new IllegalArgumentException("No transforms are named \"" + name + "\", only " + names());
        }
        return preset;
    }

    /** torchvision: flip, small rotation, colours, crop, perspective; ImageNet's statistics. */
    private static TransformsConfig seed000() {
        TransformSpec squash = spec("resize", Map.of("size", SQUARE));
        return imageNet(
                List.of(
                        squash,
                        spec("random_horizontal_flip", Map.of("p", 0.5)),
                        spec("random_rotation", Map.of("degrees", 10)),
                        spec("color_jitter", Map.of("brightness", 0.2, "contrast", 0.2, "saturation", 0.2)),
                        spec("random_resized_crop", Map.of("size", SIZE, "scale", List.of(0.8, 1.0))),
                        spec("random_perspective", Map.of("distortion_scale", 0.3, "p", 0.5))),
                List.of(squash));
    }

    /** fastai: presize to 224, then everything in one interpolation; ImageNet's statistics. */
    private static TransformsConfig seed001() {
        return imageNet(
                List.of(
                        spec("presize", Map.of("size", 224)),
                        spec("aug_transforms", Map.of("size", SIZE, "min_scale", 0.5))),
                List.of(
                        spec("resize", Map.of("size", 224)),
                        spec("center_crop", Map.of("size", 224)),
                        spec("resize", Map.of("size", SQUARE))));
    }

    /** torchvision: two flips and three rotations in a list that is always applied; mean and deviation of one half. */
    private static TransformsConfig seed002() {
        String flip = "random_horizontal_flip";
        Map<String, Object> rotation = Map.of("random_rotation", Map.of("degrees", 10));
        TransformSpec squash = spec("resize", Map.of("size", List.of(256, 256)));
        TransformSpec middle = spec("center_crop", Map.of("size", SIZE));
        Map<String, Object> all = Map.of("transforms", List.of(flip, flip, rotation, rotation, rotation), "p", 1);
        return new TransformsConfig(
                List.of(squash, spec("random_apply", all), middle), List.of(squash, middle), Map.of(), "half");
    }

    private static TransformsConfig imageNet(List<TransformSpec> train, List<TransformSpec> eval) {
        return new TransformsConfig(train, eval, Map.of(), "imagenet");
    }

    private static TransformSpec spec(String name, Map<String, Object> parameters) {
        return TransformSpec.of(name, parameters);
    }
}
