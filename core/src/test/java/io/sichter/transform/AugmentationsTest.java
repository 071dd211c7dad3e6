package io.sichter.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sichter.config.TransformSpec;
import io.sichter.error.UsageException;
import io.sichter.image.Image;
import io.sichter.random.SeedStream;
import io.sichter.text.Text;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Augmentations as the configuration makes them. */
class AugmentationsTest {
    /** One of each that, made like this, always changes a picture. */
    static List<TransformSpec> always() {
        Map<String, Object> p = Map.of("p", 1);
        return List.of(
                spec("random_vertical_flip", p),
                spec("random_affine", Map.of("degrees", List.of(5, 40))),
                spec("random_affine", Map.of("degrees", 0, "shear", List.of(5, 9), "interpolation", "bilinear")),
                spec("random_affine", Map.of("degrees", 0, "scale", List.of(0.5, 0.9), "center", List.of(3, 4))),
                spec("random_perspective", Map.of("p", 1, "distortion_scale", 0.6)),
                spec("random_perspective", Map.of("p", 1, "interpolation", "nearest", "fill", 7)),
                spec("pad", Map.of("padding", List.of(1, 2))),
                spec("pad", Map.of("padding", List.of(1, 2, 0, 4), "padding_mode", "symmetric")),
                spec("random_crop", Map.of("size", 20)),
                spec("random_crop", Map.of("size", List.of(60, 30), "pad_if_needed", true, "padding_mode", "edge")),
                spec("letterbox", Map.of("size", 24, "fill", List.of(1, 2, 3))),
                spec("random_erasing", Map.of("p", 1, "value", 9)),
                spec("random_erasing", Map.of("p", 1, "value", "random")),
                spec("color_jitter", Map.of("brightness", List.of(0.3, 0.6))),
                spec("color_jitter", Map.of("contrast", List.of(0.3, 0.6))),
                spec("color_jitter", Map.of("saturation", List.of(1.5, 1.6))),
                spec("color_jitter", Map.of("hue", List.of(0.1, 0.3))),
                spec("color_jitter", Map.of("brightness", 0.2, "contrast", 0.2, "saturation", 0.2, "hue", 0.1)),
                spec("random_brightness", Map.of("max_delta", 0.2)),
                spec("grayscale", Map.of()),
                spec("random_grayscale", p),
                spec("gaussian_blur", Map.of("kernel_size", 5, "sigma", 1)),
                spec("gaussian_blur", Map.of("kernel_size", List.of(3, 7), "sigma", List.of(0.8, 2))),
                spec("gaussian_noise", Map.of("sigma", 0.05)),
                spec("gaussian_noise", Map.of("mean", 0.2, "sigma", 0, "clip", false)),
                spec("random_adjust_sharpness", Map.of("sharpness_factor", 2, "p", 1)),
                spec("random_autocontrast", p),
                spec("random_equalize", p),
                spec("random_posterize", Map.of("bits", 3, "p", 1)),
                spec("random_solarize", Map.of("threshold", 128, "p", 1)),
                spec("random_invert", p),
                spec("random_choice", Map.of("transforms", List.of("grayscale", Map.of("pad", Map.of("padding", 1))))),
                spec("random_order", Map.of("transforms", List.of("grayscale", Map.of("random_invert", p)))));
    }

    private static TransformSpec spec(String name, Map<String, Object> parameters) {
        return new TransformSpec(name, parameters, Text.verbatim("run.yaml:3:5"));
    }

    private static Transform<?> make(TransformSpec spec, int channels) {
        return Transforms.create(spec, 32, channels);
    }

    private static <D> Image apply(Transform<D> transform, Image image, long seed) {
        D draw = transform.draw(SeedStream.of(seed).generator(), image.height(), image.width());
        Image result = transform.apply(image, draw);
        assertThat(new Size(result.height(), result.width()))
                .isEqualTo(transform.outputSize(new Size(image.height(), image.width()), draw));
        assertThat(transform.fixedSize(java.util.Optional.of(new Size(image.height(), image.width()))))
                .satisfiesAnyOf(fixed -> assertThat(fixed).isEmpty(), fixed -> assertThat(fixed)
                        .contains(new Size(result.height(), result.width())));
        return result;
    }

    /** Noise of few contrasts, so that stretching it changes something. */
    private static Image picture(int channels, Image.Depth depth) {
        Image noise = Pictures.noise(37, 53, channels, 1);
        Image dull = new RandomBrightness(0)
                .apply(ColorJitter.Property.CONTRAST.adjust(noise, 0.5), new RandomBrightness.Delta(0.05));
        org.bytedeco.opencv.opencv_core.Mat mat = new org.bytedeco.opencv.opencv_core.Mat();
        dull.mat().convertTo(mat, depth.code(), Depths.white(depth) / 255, 0);
        return Image.of(mat);
    }

    @ParameterizedTest
    @MethodSource("always")
    void isNeverANoOpAndAPureFunctionOfItsDraw(TransformSpec spec) {
        Image image = picture(3, Image.Depth.UINT8);
        double[] before = Pictures.values(image);
        Transform<?> transform = make(spec, 3);
        for (int seed = 100; seed < 130; seed++) {
            Image result = apply(transform, image, seed);
            assertThat(Pictures.maxDifference(image, result)).isPositive();
            assertThat(Pictures.values(apply(transform, image, seed))).isEqualTo(Pictures.values(result));
        }
        assertThat(Pictures.values(image)).isEqualTo(before);
    }

    @ParameterizedTest
    @EnumSource(Image.Depth.class)
    void worksAlikeAtEveryDepthAndOnViews(Image.Depth depth) {
        for (TransformSpec spec : always()) {
            if (Set.of("gaussian_noise", "random_erasing", "color_jitter").contains(spec.name())) {
                continue; // noise differs by depth; hue keeps 8 bits for bytes alone: it has tests of its own
            }
            Transform<?> transform = make(withoutFill(spec), 3);
            Image bytes = apply(transform, picture(3, Image.Depth.UINT8), 5);
            Image deep = apply(transform, picture(3, depth), 5);
            assertThat(deep.depth()).isEqualTo(depth);
            double[] expected = Pictures.values(bytes);
            double[] actual = Pictures.values(deep);
            double scale = 255 / Depths.white(depth);
            for (int i = 0; i < expected.length; i++) {
                assertThat(actual[i] * scale).as(spec.name()).isBetween(expected[i] - 1.5, expected[i] + 1.5);
            }
            Image view = Geometry.crop(picture(3, depth), 3, 5, 30, 40);
            Image copy = Image.of(view.mat().clone());
            assertThat(Pictures.maxDifference(apply(transform, view, 5), apply(transform, copy, 5)))
                    .as(spec.name())
                    .isZero();
        }
    }

    private static TransformSpec withoutFill(TransformSpec spec) {
        Map<String, Object> parameters = new java.util.TreeMap<>(spec.params());
        parameters.remove("fill");
        return spec(spec.name(), parameters);
    }

    @Test
    void whatIsNotAboutColourTakesAnyNumberOfChannels() {
        Set<String> colour = Set.of("grayscale", "random_grayscale", "random_choice", "random_order");
        for (int channels : new int[] {1, 2, 5}) {
            for (TransformSpec spec : always()) {
                boolean aboutColour = colour.contains(spec.name())
                        || spec.params().containsKey("saturation")
                        || spec.params().containsKey("hue");
                if (aboutColour && channels != 1) {
                    assertThatThrownBy(() -> make(spec, channels))
                            .isInstanceOf(UsageException.class)
                            .hasMessageContaining("about colour")
                            .hasMessageContaining("run.yaml:3:5");
                } else {
                    Image image = picture(channels, Image.Depth.UINT8);
                    Image result = apply(make(withoutFill(spec), channels), image, 2);
                    assertThat(result.channels()).isEqualTo(channels);
                    assertThat(Pictures.maxDifference(image, result) > 0)
                            .as(spec.name() + " " + channels)
                            .isEqualTo(!aboutColour
                                    || spec.params().size() > 1
                                    || spec.name().startsWith("random_o"));
                }
            }
        }
    }

    @Test
    void channelsDoNotInfluenceEachOther() {
        Image three = picture(3, Image.Depth.UINT8);
        for (String name : List.of("random_equalize", "random_autocontrast", "random_invert")) {
            Transform<?> transform = make(spec(name, Map.of("p", 1)), 3);
            for (int c = 0; c < 3; c++) {
                assertThat(Pictures.values(Pictures.channel(apply(transform, three, 1), c)))
                        .isEqualTo(Pictures.values(apply(transform, Pictures.channel(three, c), 1)));
            }
        }
    }

    @Test
    void hueTurnsInFloatAsInBytes() {
        Image bytes = Pictures.noise(20, 20, 3, 4);
        org.bytedeco.opencv.opencv_core.Mat floats = new org.bytedeco.opencv.opencv_core.Mat();
        bytes.mat().convertTo(floats, Image.Depth.FLOAT32.code(), 1 / 255.0, 0);
        for (double share : new double[] {-0.5, -0.2, 0.1, 0.4}) {
            double[] expected = Pictures.values(ColorJitter.Property.HUE.adjust(bytes, share));
            double[] actual = Pictures.values(ColorJitter.Property.HUE.adjust(Image.of(floats), share));
            for (int i = 0; i < expected.length; i++) {
                // hue, turn and saturation of 8 bits drop up to 1/255 each; hue moves the steepest channel six times as
                // far
                assertThat(actual[i] * 255).isBetween(expected[i] - 15, expected[i] + 15);
            }
        }
    }

    @Test
    void saysWhatIsWrong() {
        wrong("color_jitter", Map.of(), 3, "needs brightness, contrast, saturation or hue");
        wrong("color_jitter", Map.of("hue", 0.7), 3, "received: 0.7");
        wrong("color_jitter", Map.of("brightness", List.of(2, 1)), 3, "[smallest, largest]");
        wrong("grayscale", Map.of("num_output_channels", 1), 3, "does not change the number of channels");
        wrong("gaussian_blur", Map.of("kernel_size", 4), 3, "an odd whole number");
        wrong("gaussian_blur", Map.of(), 3, "needs kernel_size");
        wrong("random_posterize", Map.of("bits", 2.5), 3, "a whole number from 1 to 8");
        wrong("pad", Map.of("padding", List.of(1, 2, 3)), 3, "[left, top, right, bottom]");
        wrong("pad", Map.of(), 3, "needs padding");
        wrong("random_crop", Map.of("size", 3, "pad_if_needed", "yes"), 3, "true, false");
        wrong("random_crop", Map.of("size", 3, "padding_mode", "wrap"), 3, "symmetric");
        wrong("random_choice", Map.of("transforms", List.of("grayscale"), "p", List.of(0)), 3, "weight above 0");
        wrong("random_choice", Map.of("transforms", List.of("grayscale"), "p", List.of(1, 1)), 3, "1 numbers");
        wrong("random_affine", Map.of("degrees", 1, "translate", List.of(0.1)), 3, "2 numbers");
        wrong("random_affine", Map.of("degrees", 1, "shear", List.of(1, 2, 3)), 3, "along x");
        wrong("random_erasing", Map.of("value", List.of(1, 2)), 3, "each of the 3 channels");
        wrong("random_brightness", Map.of(), 3, "needs max_delta");
    }

    private static void wrong(String name, Map<String, Object> parameters, int channels, String part) {
        assertThatThrownBy(() -> make(spec(name, parameters), channels))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining(part)
                .hasMessageContaining("run.yaml:3:5");
    }

    @Test
    void aCropLargerThanThePictureIsRefusedWithTheWayOut() {
        Transform<?> crop = make(spec("random_crop", Map.of("size", 40)), 3);
        assertThatThrownBy(() -> apply(crop, Pictures.noise(37, 53, 3, 1), 1))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("37x53")
                .hasMessageContaining("pad_if_needed: true");
        assertThat(Pipeline.of(List.of(spec("random_crop", Map.of("size", 32))), 32, 3)
                        .isRandom())
                .isTrue();
    }

    @Test
    void theLetterboxKeepsTheShapeOfThings() {
        Image image = Pictures.noise(50, 100, 3, 1);
        Image boxed = new Letterbox(Size.square(40), List.of(9.0)).apply(image, Transform.NoDraw.INSTANCE);
        assertThat(Pictures.values(Geometry.crop(boxed, 0, 0, 10, 40))).containsOnly(9);
        assertThat(Pictures.values(Geometry.crop(boxed, 30, 0, 10, 40))).containsOnly(9);
        assertThat(Pictures.values(Geometry.crop(boxed, 10, 0, 20, 40)))
                .isEqualTo(Pictures.values(Geometry.resize(image, new Size(20, 40))));
    }
}
