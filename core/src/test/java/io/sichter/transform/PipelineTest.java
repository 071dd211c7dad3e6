package io.sichter.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sichter.config.TransformSpec;
import io.sichter.config.TransformsConfig;
import io.sichter.error.UsageException;
import io.sichter.image.Image;
import io.sichter.random.SeedStream;
import io.sichter.text.Text;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PipelineTest {
    private static final String SIZE = TransformSpec.IMAGE_SIZE;

    private static TransformSpec spec(String name, Object... params) {
        Map<String, Object> map = new java.util.HashMap<>();
        for (int i = 0; i < params.length; i += 2) {
            map.put((String) params[i], params[i + 1]);
        }
        return new TransformSpec(name, map, Text.verbatim("run.yaml:7:5"));
    }

    private static Pipeline pipeline(TransformSpec... specs) {
        return Pipeline.of(List.of(specs), 32, 3);
    }

    @Test
    void theDefaultsGiveTheImageSize() {
        TransformsConfig config = TransformsConfig.defaults();
        Pipeline train = Pipeline.of(config.train(), 48, 3);
        Pipeline eval = Pipeline.of(config.eval(), 48, 3);
        assertThat(train.isRandom()).isTrue();
        assertThat(eval.isRandom()).isFalse();
        for (int[] size : new int[][] {{30, 90}, {90, 30}, {48, 48}, {500, 375}, {1, 1}}) {
            Image image = Pictures.noise(size[0], size[1], 3, 1);
            for (Pipeline pipeline : List.of(train, eval)) {
                Image result = pipeline.apply(image, SeedStream.of(1));
                assertThat(new Size(result.height(), result.width()))
                        .isEqualTo(pipeline.outputSize())
                        .isEqualTo(Size.square(48));
            }
        }
    }

    @Test
    void readsEveryFormOfTheConfiguration() {
        Pipeline pipeline = pipeline(
                spec("resize", "size", List.of(40, SIZE)),
                spec("resize", "size", 50L),
                spec(
                        "random_rotation",
                        "degrees",
                        List.of(-5, 10.5),
                        "interpolation",
                        "bilinear",
                        "fill",
                        List.of(1, 2, 3)),
                spec(
                        "random_apply",
                        "p",
                        1,
                        "transforms",
                        List.of(
                                Map.of("random_rotation", Map.of("degrees", 10, "fill", 9)),
                                TransformSpec.of("random_horizontal_flip", Map.of("p", 0.5)),
                                "random_horizontal_flip",
                                Map.of("random_apply", Map.of("transforms", List.of("random_horizontal_flip"))))),
                spec("random_resized_crop", "size", 64, "scale", List.of(0.5, 1), "ratio", List.of(1, 2)),
                spec("center_crop", "size", SIZE));
        Image result = pipeline.apply(Pictures.noise(71, 33, 3, 1), SeedStream.of(1));
        assertThat(result.height()).isEqualTo(32);
        assertThat(pipeline.isRandom()).isTrue();
    }

    @Test
    void aStepDrawsTheSameWhateverStandsBeforeIt() {
        Image image = Pictures.noise(64, 64, 3, 1);
        TransformSpec flip = spec("random_horizontal_flip");
        TransformSpec crop = spec("random_resized_crop", "size", SIZE);
        for (int seed = 0; seed < 8; seed++) {
            SeedStream stream = SeedStream.of(seed);
            double[] a = Pictures.values(
                    pipeline(flip, crop, spec("random_horizontal_flip", "p", 0)).apply(image, stream));
            double[] b = Pictures.values(
                    pipeline(flip, crop, spec("random_rotation", "degrees", 0)).apply(image, stream));
            assertThat(a).isEqualTo(b);
        }
    }

    @Test
    void refusesAListThatDoesNotEndInTheImageSize() {
        assertThatThrownBy(() -> pipeline(spec("resize", "size", SIZE)))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("resize: a size that depends on the picture")
                .hasMessageContaining("32x32 for every picture")
                .hasMessageContaining("center_crop: {size: image_size}");
        assertThatThrownBy(() -> pipeline(spec("center_crop", "size", 40))).hasMessageContaining("always 40x40 pixels");
        assertThatThrownBy(() -> pipeline()).hasMessageContaining("no transforms");
        TransformSpec nested = spec("center_crop", "size", SIZE);
        assertThatThrownBy(() -> pipeline(spec("random_apply", "p", 0.5, "transforms", List.of(nested))))
                .hasMessageContaining("or the draw");
        pipeline(spec("random_apply", "p", 1.0, "transforms", List.of(nested)));
        pipeline(nested, spec("random_apply", "transforms", List.of(spec("resize", "size", SIZE))));
    }

    @Test
    void saysWhatIsWrongWithALine() {
        wrong(spec("resise"), "Unknown transform at run.yaml:7:5", "Did you mean \"resize\"?");
        wrong(spec("resize", "siez", 3), "Unknown parameter of the transform resize at run.yaml:7:5", "\"size\"");
        wrong(spec("resize"), "The transform resize at run.yaml:7:5 needs size", "length in pixels");
        wrong(spec("resize", "size", 0), "Wrong value for size of the transform resize", "from 1 to 8192");
        wrong(spec("resize", "size", 2.5), "received: 2.5");
        wrong(spec("resize", "size", List.of(1, 2, 3)), "received: [1, 2, 3]", "[height, width]");
        wrong(spec("center_crop", "size", "big"), "received: big", "image_size");
        wrong(spec("random_horizontal_flip", "p", 1.5), "a number of at least 0 and of at most 1");
        wrong(spec("random_horizontal_flip", "p", "often"), "received: often");
        wrong(spec("random_rotation", "degrees", -3), "of at least 0");
        wrong(spec("random_rotation", "degrees", List.of(9, 3)), "[smallest, largest]");
        wrong(spec("random_rotation", "degrees", 3, "interpolation", "cubic"), "one of nearest, bilinear");
        wrong(spec("random_rotation", "degrees", 3, "fill", List.of(1, 2)), "each of the 3 channels");
        wrong(spec("random_resized_crop", "size", 8, "scale", 0.5), "[smallest, largest]");
        wrong(spec("random_resized_crop", "size", 8, "scale", List.of(0.5, 1.5)), "at most 1");
        wrong(spec("random_apply", "transforms", List.of()), "a list of transforms");
        wrong(spec("random_apply", "transforms", List.of(3)), "a list of transforms");
        wrong(spec("random_apply", "transforms", List.of("flip")), "Unknown transform at run.yaml:7:5");
        wrong(spec("normalize", "mean", List.of(0.5)), "transforms.mean");
    }

    private static void wrong(TransformSpec spec, String... parts) {
        assertThatThrownBy(() -> Transforms.create(spec, 32, 3))
                .isInstanceOf(UsageException.class)
                .satisfies(e -> assertThat(e.getMessage()).contains(parts));
    }

    @Test
    void refusesAPictureWithOtherChannels() {
        Pipeline pipeline = pipeline(spec("center_crop", "size", SIZE));
        Image grey = Pictures.noise(40, 40, 1, 1);
        assertThatThrownBy(() -> pipeline.apply(grey, SeedStream.of(1)))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("model.channels=1");
    }

    @Test
    void normalisationNeedsOneValuePerChannel() {
        assertThat(Normalize.of(TransformsConfig.defaults(), 3).mean()).containsExactly(0.485, 0.456, 0.406);
        assertThatThrownBy(() -> Normalize.of(TransformsConfig.defaults(), 1))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("1 of each");
        assertThatThrownBy(() -> new Normalize(List.of(0.0), List.of(0.0)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
