package io.sichter.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sichter.config.ConfigLayer;
import io.sichter.config.ConfigReader;
import io.sichter.config.ConfigWriter;
import io.sichter.config.RunConfig;
import io.sichter.config.TransformSpec;
import io.sichter.config.TransformsConfig;
import io.sichter.error.UsageException;
import io.sichter.image.Image;
import io.sichter.random.SeedStream;
import io.sichter.text.Text;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said about lists of transforms, and the named lists. */
class ChainAdviceTest {
    private static List<String> advice(TransformsConfig config, int size, int channels) {
        List<Text> advice = ChainAdvice.of(config, size, channels);
        advice.forEach(text -> assertThat(text.in(Locale.GERMAN))
                .isNotEqualTo(text.in(Locale.ENGLISH))
                .isNotEmpty());
        return advice.stream().map(Text::toString).toList();
    }

    private static List<String> train(int channels, TransformSpec... specs) {
        TransformsConfig usual = TransformsConfig.defaults();
        return advice(new TransformsConfig(List.of(specs), usual.eval(), Map.of(), usual.normalize()), 224, channels);
    }

    private static TransformSpec spec(String name, Map<String, Object> parameters) {
        return TransformSpec.of(name, parameters);
    }

    @Test
    void theDefaultsNeedNone() {
        assertThat(advice(TransformsConfig.defaults(), 224, 3)).isEmpty();
        assertThat(advice(TransformsConfig.preset("seed001"), 128, 3)).isEmpty();
    }

    @Test
    void theNotesAreSeenThrough() {
        assertThat(advice(TransformsConfig.preset("seed000"), 224, 3))
                .satisfiesExactly(one -> assertThat(one).contains("4 steps interpolate"), two -> assertThat(two)
                        .contains("random_resized_crop resizes by itself"));
        assertThat(advice(TransformsConfig.preset("seed002"), 224, 3))
                .satisfiesExactly(
                        one -> assertThat(one).contains("random_apply at p = 1 does nothing"),
                        two -> assertThat(two)
                                .contains("2 times random_horizontal_flip is the same as once with p = 0.5"),
                        three -> assertThat(three).contains("3 rotations").contains("-30 to 30 degrees"),
                        four -> assertThat(four).contains("4 steps interpolate"));
    }

    @Test
    void everyOtherSentenceHasItsList() {
        TransformSpec crop = spec("center_crop", Map.of("size", 100));
        TransformSpec resize = spec("resize", Map.of("size", List.of(224, 224)));
        assertThat(train(3, crop, resize)).singleElement().asString().contains("resize enlarges the 100x100 pixels");
        assertThat(train(3, resize, resize)).singleElement().asString().contains("resize has no effect");
        assertThat(train(1, resize, spec("color_jitter", Map.of("hue", 0.1)), spec("grayscale", Map.of())))
                .hasSize(2)
                .allMatch(text -> text.contains("changes nothing in pictures of one channel"));
        assertThat(train(3, resize, spec("random_apply", Map.of("p", 0, "transforms", List.of("random_invert")))))
                .singleElement()
                .asString()
                .contains("never applied");
        TransformSpec sure = spec("random_vertical_flip", Map.of("p", 1));
        assertThat(train(3, resize, sure, sure)).singleElement().asString().contains("once with p = 0");
        TransformsConfig usual = TransformsConfig.defaults();
        assertThat(advice(new TransformsConfig(usual.train(), usual.train(), Map.of(), usual.normalize()), 64, 3))
                .singleElement()
                .asString()
                .contains("transforms.eval is random (random_resized_crop, random_horizontal_flip)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"default", "seed000", "seed001", "seed002"})
    void namedListsWorkInFilesOnTheCommandLineAndInJava(String name) {
        TransformsConfig preset = TransformsConfig.preset(name);
        RunConfig fromFile = ConfigReader.resolve(
                RunConfig.defaults(), List.of(new ConfigLayer.Document("run.yaml", "transforms: " + name + "\n")));
        RunConfig fromLine =
                ConfigReader.resolve(RunConfig.defaults(), List.of(ConfigLayer.assignment("transforms=" + name)));
        assertThat(fromFile.transforms()).isEqualTo(preset).isEqualTo(fromLine.transforms());
        RunConfig overridden = ConfigReader.resolve(
                RunConfig.defaults(),
                List.of(
                        ConfigLayer.assignment("transforms=" + name),
                        ConfigLayer.assignment("transforms.normalize=none")));
        assertThat(overridden.transforms().train()).isEqualTo(preset.train());
        assertThat(overridden.transforms().normalize()).isEqualTo("none");
        String written = ConfigWriter.write(fromFile);
        RunConfig again =
                ConfigReader.resolve(RunConfig.defaults(), List.of(new ConfigLayer.Document("run.yaml", written)));
        assertThat(again).isEqualTo(fromFile);
        for (List<TransformSpec> list : List.of(preset.train(), preset.eval())) {
            Image result = Pipeline.of(list, 128, 3).apply(Pictures.noise(200, 300, 3, 1), SeedStream.of(4));
            assertThat(List.of(result.height(), result.width())).containsExactly(128, 128);
        }
        assertThat(Pipeline.of(preset.train(), 224, 3).isRandom()).isTrue();
        assertThat(Pipeline.of(preset.eval(), 224, 3).isRandom()).isFalse();
    }

    @Test
    void anUnknownNameIsRefusedWithTheNames() {
        assertThatThrownBy(() -> ConfigReader.resolve(
                        RunConfig.defaults(), List.of(ConfigLayer.assignment("transforms=seed00"))))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("seed000, seed001, seed002");
        assertThatThrownBy(() -> TransformsConfig.preset("none")).isInstanceOf(IllegalArgumentException.class);
    }
}
