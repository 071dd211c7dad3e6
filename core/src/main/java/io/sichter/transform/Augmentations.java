package io.sichter.transform;

import io.sichter.registry.Registry;
import io.sichter.text.Text;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** How lines of the configuration become augmentations: torchvision's names in snake_case, its parameters and defaults. */
final class Augmentations {
    private static final double ANY = Float.MAX_VALUE;
    private static final List<String> MODES = List.of("constant", "edge", "reflect", "symmetric");

    private Augmentations() {}

    /** Adds them all. */
    static void register(Registry<TransformFactory> registry) {
        geometry(registry);
        colours(registry);
        containers(registry);
        policies(registry);
        add(registry, "presize", "size", s -> new Presize(s.size()));
        add(
                registry,
                "aug_transforms",
                "mult do_flip flip_vert max_rotate min_zoom max_zoom max_lighting max_warp p_affine p_lighting size min_scale",
                Augmentations::augTransforms);
    }

    private static void geometry(Registry<TransformFactory> registry) {
        add(registry, "random_vertical_flip", "p", s -> new RandomVerticalFlip(s.chance(0.5)));
        add(
                registry,
                "random_affine",
                "degrees translate scale shear interpolation fill center",
                Augmentations::affine);
        add(
                registry,
                "random_perspective",
                "distortion_scale p interpolation fill",
                s -> new RandomPerspective(
                        s.number("distortion_scale", 0.5, 0, 1),
                        s.chance(0.5),
                        s.interpolation(Interpolation.BILINEAR),
                        s.fill()));
        add(
                registry,
                "pad",
                "padding fill padding_mode",
                s -> new Pad(s.padding().orElseThrow(() -> s.missing("padding")), s.fill(), mode(s)));
        add(
                registry,
                "random_crop",
                "size padding pad_if_needed fill padding_mode",
                s -> new RandomCrop(
                        s.size(), s.padding().orElse(Padding.NONE), s.flag("pad_if_needed", false), s.fill(), mode(s)));
        add(registry, "letterbox", "size fill", s -> new Letterbox(s.size(), s.fill()));
        add(
                registry,
                "random_erasing",
                "p scale ratio value",
                s -> new RandomErasing(
                        s.chance(0.5),
                        s.interval("scale", new Interval(0.02, 0.33), 0, 1),
                        s.interval("ratio", new Interval(0.3, 3.3), 1e-3, 1e3),
                        s.is("value", "random") ? Optional.empty() : Optional.of(s.levels("value"))));
    }

    private static void colours(Registry<TransformFactory> registry) {
        add(registry, "color_jitter", "brightness contrast saturation hue", Augmentations::jitter);
        add(registry, "random_brightness", "max_delta", s -> new RandomBrightness(s.required("max_delta", 0, 1)));
        add(registry, "grayscale", "num_output_channels", s -> {
            s.requireColourOrGrey();
            s.requireChannels("num_output_channels");
            return new Grayscale();
        });
        add(registry, "random_grayscale", "p", s -> {
            s.requireColourOrGrey();
            return new RandomGrayscale(s.chance(0.1));
        });
        add(registry, "gaussian_blur", "kernel_size sigma", s -> {
            List<Integer> kernel = s.oddPair("kernel_size");
            Interval sigma = s.spread("sigma", new Interval(0.1, 2), 1e-3, 1e3);
            return new GaussianBlur(kernel.get(0), kernel.get(1), sigma);
        });
        add(
                registry,
                "gaussian_noise",
                "mean sigma clip",
                s -> new GaussianNoise(s.number("mean", 0, -1, 1), s.number("sigma", 0.1, 0, 1), s.flag("clip", true)));
        add(
                registry,
                "random_adjust_sharpness",
                "sharpness_factor p",
                s -> new RandomAdjustSharpness(s.required("sharpness_factor", 0, 1000), s.chance(0.5)));
        add(registry, "random_autocontrast", "p", s -> new RandomAutocontrast(s.chance(0.5)));
        add(registry, "random_equalize", "p", s -> new RandomEqualize(s.chance(0.5)));
        add(registry, "random_posterize", "bits p", s -> new RandomPosterize(s.whole("bits", 1, 8), s.chance(0.5)));
        add(
                registry,
                "random_solarize",
                "threshold p",
                s -> new RandomSolarize(s.required("threshold", 0, 255), s.chance(0.5)));
        add(registry, "random_invert", "p", s -> new RandomInvert(s.chance(0.5)));
    }

    private static void containers(Registry<TransformFactory> registry) {
        add(registry, "random_choice", "transforms p", s -> {
            List<Transform<?>> transforms = s.transforms();
            return new RandomChoice(transforms, s.weights("p", transforms.size()));
        });
        add(registry, "random_order", "transforms", s -> new RandomOrder(s.transforms()));
    }

    private static void policies(Registry<TransformFactory> registry) {
        add(registry, "rand_augment", "num_ops magnitude num_magnitude_bins interpolation fill", s -> {
            s.requireColourOrGrey();
            int bins = s.whole("num_magnitude_bins", 31, 2, 1000);
            return new RandAugment(
                    s.whole("num_ops", 2, 1, 100),
                    s.whole("magnitude", Math.min(9, bins - 1), 0, bins - 1),
                    bins,
                    s.interpolation(Interpolation.NEAREST),
                    s.fill());
        });
        add(registry, "trivial_augment_wide", "num_magnitude_bins interpolation fill", s -> {
            s.requireColourOrGrey();
            return new TrivialAugmentWide(
                    s.whole("num_magnitude_bins", 31, 2, 1000), s.interpolation(Interpolation.NEAREST), s.fill());
        });
        add(registry, "auto_augment", "policy interpolation fill", s -> {
            s.requireColourOrGrey();
            String policy = s.word("policy", List.of("imagenet", "cifar10", "svhn"));
            return new AutoAugment(
                    LearnedPolicy.valueOf(policy.toUpperCase(Locale.ROOT)),
                    s.interpolation(Interpolation.NEAREST),
                    s.fill());
        });
        add(registry, "aug_mix", "severity mixture_width chain_depth alpha all_ops interpolation fill", s -> {
            s.requireColourOrGrey();
            return new AugMix(
                    s.whole("severity", 3, 1, 10),
                    s.whole("mixture_width", 3, 1, 100),
                    s.whole("chain_depth", -1, -1, 100),
                    s.number("alpha", 1, 1e-3, 1000),
                    s.flag("all_ops", true),
                    s.interpolation(Interpolation.BILINEAR),
                    s.fill());
        });
    }

    private static Transform<?> augTransforms(AugmentSettings s) {
        AugRanges usual = AugRanges.DEFAULTS;
        AugRanges ranges = new AugRanges(
                        s.number("max_rotate", usual.maxRotate(), 0, 360),
                        s.number("min_zoom", usual.minZoom(), 0.01, 100),
                        s.number("max_zoom", usual.maxZoom(), 0.01, 100),
                        s.number("max_lighting", usual.maxLighting(), 0, 0.99),
                        s.number("max_warp", usual.maxWarp(), 0, 0.9))
                .times(s.number("mult", 1, 0, 100));
        if (ranges.minZoom() > ranges.maxZoom()) {
            throw s.wrong(
                    s.has("min_zoom") ? "min_zoom" : "max_zoom",
                    Text.of("transform.expect.min_zoom", ranges.maxZoom()));
        }
        if (ranges.maxLighting() > 0.99 || ranges.maxWarp() > 0.9) {
            throw s.wrong("mult", Text.of("transform.expect.mult"));
        }
        Optional<Size> size = s.has("size") ? Optional.of(s.size()) : Optional.empty();
        double minScale = s.number("min_scale", 1, 0.001, 1);
        if (minScale < 1 && size.isEmpty()) {
            throw s.missing("size");
        }
        return new AugTransforms(
                ranges,
                s.flag("do_flip", true),
                s.flag("flip_vert", false),
                s.number("p_affine", 0.75, 0, 1),
                s.number("p_lighting", 0.75, 0, 1),
                size,
                minScale);
    }

    private static Transform<?> affine(AugmentSettings s) {
        List<Double> move = s.numbers("translate", List.of(0.0, 0.0), 0, 1, 2);
        List<Double> shear = s.has("shear") ? s.shear() : List.of(0.0, 0.0, 0.0, 0.0);
        Optional<RandomAffine.Point> center = Optional.empty();
        if (s.has("center")) {
            List<Double> point = s.numbers("center", List.of(), -ANY, ANY, 2);
            center = Optional.of(new RandomAffine.Point(point.get(0), point.get(1)));
        }
        return new RandomAffine(
                s.degrees(),
                new RandomAffine.Translate(move.get(0), move.get(1)),
                s.interval("scale", new Interval(1, 1), 1e-3, 1e3),
                new RandomAffine.Shear(
                        new Interval(shear.get(0), shear.get(1)), new Interval(shear.get(2), shear.get(3))),
                s.interpolation(Interpolation.NEAREST),
                s.fill(),
                center);
    }

    private static Transform<?> jitter(AugmentSettings s) {
        if (Stream.of("brightness", "contrast", "saturation", "hue").noneMatch(s::has)) {
            throw s.missing("brightness, contrast, saturation or hue");
        }
        if (s.has("saturation") || s.has("hue")) {
            s.requireColourOrGrey();
        }
        return new ColorJitter(
                s.around("brightness", 1, 0, 1000),
                s.around("contrast", 1, 0, 1000),
                s.around("saturation", 1, 0, 1000),
                s.around("hue", 0, -0.5, 0.5));
    }

    private static Padding.Mode mode(AugmentSettings s) {
        return Padding.Mode.valueOf(s.word("padding_mode", MODES).toUpperCase(Locale.ROOT));
    }

    /** One more, with the names of its parameters in one text. */
    static void add(
            Registry<TransformFactory> registry,
            String name,
            String parameters,
            Function<AugmentSettings, Transform<?>> maker) {
        registry.register(
                name, new TransformFactory(List.of(parameters.split(" ")), p -> maker.apply(new AugmentSettings(p))));
    }
}
