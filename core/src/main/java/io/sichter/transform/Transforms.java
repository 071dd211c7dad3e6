package io.sichter.transform;

import io.sichter.config.TransformSpec;
import io.sichter.error.Problem;
import io.sichter.error.UsageException;
import io.sichter.registry.Registry;
import io.sichter.registry.Suggestion;
import io.sichter.text.Text;
import java.util.List;
import java.util.Set;

/** The transforms by name, and how a line of the configuration becomes one. */
public final class Transforms {
    /** What torchvision users write in such lists and Sichter does elsewhere. */
    private static final Set<String> ON_THE_DEVICE = Set.of("normalize", "to_tensor", "to_image", "to_dtype");

    private static final Interval DEFAULT_SCALE = new Interval(0.08, 1);
    private static final Interval DEFAULT_RATIO = new Interval(3.0 / 4, 4.0 / 3);
    private static final Registry<TransformFactory> REGISTRY = new Registry<TransformFactory>("transform")
            .register("resize", new TransformFactory(List.of("size", "interpolation"), Transforms::resize))
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
            throw new UsageException(Problem.of(
                    "transform.on_the_device",
                    spec.name(),
                    TransformParameters.where(spec),
                    String.join(", ", REGISTRY.names())));
        }
        if (!REGISTRY.contains(spec.name())) {
            throw new UsageException(new Problem(
                    Text.of("transform.unknown", TransformParameters.where(spec)),
                    Text.verbatim(spec.name()),
                    Text.of("one_of", String.join(", ", REGISTRY.names())),
                    Suggestion.orChoose(spec.name(), REGISTRY.names())));
        }
        TransformFactory factory = REGISTRY.get(spec.name());
        for (String name : spec.params().keySet()) {
            if (!factory.parameters().contains(name)) {
                Text suggestion = Suggestion.didYouMean(name, factory.parameters());
                throw new UsageException(new Problem(
                        Text.of("transform.parameter.unknown", spec.name(), TransformParameters.where(spec)),
                        Text.verbatim(name),
                        Text.of("one_of", String.join(", ", factory.parameters())),
                        suggestion.isEmpty() ? Text.of("transform.parameter.choose") : suggestion));
            }
        }
        return factory.maker().apply(new TransformParameters(spec, imageSize, channels));
    }

    private static Transform<?> resize(TransformParameters p) {
        Resize resize =
                p.isList("size") ? Resize.exactly(p.heightAndWidth("size")) : Resize.shorterSide(p.pixels("size"));
        boolean cubic = p.word("interpolation", List.of("bilinear", "bicubic")).equals("bicubic");
        return cubic ? resize.bicubic() : resize;
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
            throw p.wrong("fill", fill, Text.of("transform.fill", p.channels()));
        }
        boolean nearest =
                p.word("interpolation", List.of("nearest", "bilinear")).equals("nearest");
        return new RandomRotation(degrees, nearest ? Interpolation.NEAREST : Interpolation.BILINEAR, fill);
    }

    private static Size size(TransformParameters p) {
        return p.isList("size") ? p.heightAndWidth("size") : Size.square(p.pixels("size"));
    }
}
