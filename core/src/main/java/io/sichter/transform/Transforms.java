package io.sichter.transform;

import io.sichter.config.TransformSpec;
import io.sichter.error.UsageException;
import io.sichter.registry.Registry;
import io.sichter.registry.Suggestion;
import java.util.List;
import java.util.Set;

/** The transforms by name, and how a line of the configuration becomes one. */
public final class Transforms {
    /** What torchvision users write in such lists and Sichter does elsewhere. */
    private static final Set<String> ON_THE_DEVICE = Set.of("normalize", "to_tensor", "to_image", "to_dtype");

    private static final Interval DEFAULT_SCALE = new Interval(0.08, 1);
    private static final Interval DEFAULT_RATIO = new Interval(3.0 / 4, 4.0 / 3);
    private static final Registry<TransformFactory> REGISTRY = new Registry<TransformFactory>("transform")
            .register("resize", new TransformFactory(List.of("size"), Transforms::resize))
            .register("center_crop", new TransformFactory(List.of("size"), p -> new CenterCrop(size(p))))
            .register(
                    "random_resized_crop",
                    new TransformFactory(List.of("size", "scale", "ratio"), Transforms::randomResizedCrop))
            .register(
                    "random_horizontal_flip",
                    new TransformFactory(List.of("p"), p -> new RandomHorizontalFlip(p.number("p", 0.5, 0, 1))))
            .register(
                    "random_rotation",
                    new TransformFactory(List.of("degrees", "interpolation", "fill"), Transforms::randomRotation))
            .register(
                    "random_apply",
                    new TransformFactory(
                            List.of("transforms", "p"),
                            p -> new RandomApply(p.transforms("transforms"), p.number("p", 0.5, 0, 1))));

    static {
        Augmentations.register(REGISTRY);
    }

    private Transforms() {}

    /** All transforms by name: to list them, or to add one before a configuration is read. */
    public static Registry<TransformFactory> registry() {
        return REGISTRY;
    }

    /**
     * Makes the transform of one line.
     *
     * @param imageSize what the word {@code image_size} stands for
     * @param channels channels of the pictures
     * @throws UsageException for an unknown transform or parameter, with the nearest name, or a value of the wrong type
     *     or range
     */
    public static Transform<?> create(TransformSpec spec, int imageSize, int channels) {
        if (ON_THE_DEVICE.contains(spec.name())) {
            throw new UsageException(
                    spec.name() + " is not a step of the list" + TransformParameters.where(spec),
                    spec.name(),
                    "one of " + String.join(", ", REGISTRY.names()),
                    "Leave it out: pictures become floats and are normalised on the device, with transforms.mean and"
                            + " transforms.std");
        }
        if (!REGISTRY.contains(spec.name())) {
            String suggestion = Suggestion.didYouMean(spec.name(), REGISTRY.names());
            throw new UsageException(
                    "Unknown transform" + TransformParameters.where(spec),
                    spec.name(),
                    "one of " + String.join(", ", REGISTRY.names()),
                    suggestion.isEmpty() ? "Choose one of the names above" : suggestion);
        }
        TransformFactory factory = REGISTRY.get(spec.name());
        for (String name : spec.params().keySet()) {
            if (!factory.parameters().contains(name)) {
                String suggestion = Suggestion.didYouMean(name, factory.parameters());
                throw new UsageException(
                        "Unknown parameter of the transform " + spec.name() + TransformParameters.where(spec),
                        name,
                        "one of " + String.join(", ", factory.parameters()),
                        suggestion.isEmpty() ? "Choose one of the names above, or remove it" : suggestion);
            }
        }
        return factory.maker().apply(new TransformParameters(spec, imageSize, channels));
    }

    private static Transform<?> resize(TransformParameters p) {
        return p.isList("size") ? Resize.exactly(p.heightAndWidth("size")) : Resize.shorterSide(p.pixels("size"));
    }

    private static Transform<?> randomResizedCrop(TransformParameters p) {
        return new RandomResizedCrop(
                size(p), p.interval("scale", DEFAULT_SCALE, 1e-6, 1), p.interval("ratio", DEFAULT_RATIO, 1e-3, 1e3));
    }

    private static Transform<?> randomRotation(TransformParameters p) {
        Interval degrees;
        if (p.isList("degrees")) {
            degrees = p.interval("degrees", DEFAULT_SCALE, -360, 360);
        } else {
            double limit = p.numbers("degrees", 0, 360).get(0);
            degrees = new Interval(-limit, limit);
        }
        List<Double> fill = p.has("fill") ? p.numbers("fill", -Float.MAX_VALUE, Float.MAX_VALUE) : List.of(0.0);
        if (fill.size() != 1 && fill.size() != p.channels()) {
            throw p.wrong("fill", fill, "one number, or one for each of the " + p.channels() + " channels");
        }
        boolean nearest =
                p.word("interpolation", List.of("nearest", "bilinear")).equals("nearest");
        return new RandomRotation(degrees, nearest ? Interpolation.NEAREST : Interpolation.BILINEAR, fill);
    }

    private static Size size(TransformParameters p) {
        return p.isList("size") ? p.heightAndWidth("size") : Size.square(p.pixels("size"));
    }
}
