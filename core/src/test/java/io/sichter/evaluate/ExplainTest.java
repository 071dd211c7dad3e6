package io.sichter.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.sichter.GoldenFile;
import io.sichter.error.DataException;
import io.sichter.error.UsageException;
import io.sichter.model.Classifier;
import io.sichter.model.Filler;
import io.sichter.model.ModelInput;
import io.sichter.model.ModelOptions;
import io.sichter.model.Models;
import io.sichter.report.ExplanationPicture;
import io.sichter.tensor.Device;
import io.sichter.tensor.Scope;
import io.sichter.train.TinyPictures;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExplainTest {
    private static void with(String name, int size, BiConsumer<Classifier, Tensor> check) {
        try (Classifier model = Models.create(name, new ModelOptions(7, 3, size))) {
            model.to(torch.ScalarType.Double, false);
            Filler.fill(model);
            model.moveTo(Device.CPU);
            model.eval();
            Scope.run(() -> check.accept(
                    model, Filler.tensor("input", 1, 3, size, size).contiguous(torch.MemoryFormat.ChannelsLast)));
        }
    }

    private static void assertMap(Saliency found, JsonNode golden) {
        double[] expected = GoldenFile.doubles(golden);
        int place = 0;
        for (int y = 0; y < found.height(); y += 4) {
            for (int x = 0; x < found.width(); x += 4) {
                assertThat(found.at(y, x)).isCloseTo(expected[place++], within(1e-6));
            }
        }
        assertThat(place).isEqualTo(expected.length);
    }

    @ParameterizedTest
    @ValueSource(strings = {"resnet18", "mobilenet_v2", "vgg11", "squeezenet1_1", "efficientnet_b0"})
    void mapsAreThoseThatPyTorchComputes(String name) {
        JsonNode golden = GoldenFile.json("explain/maps").get("networks").get(name);
        int target = golden.get("target").asInt();
        with(name, golden.get("size").asInt(), (model, input) -> {
            ActivationMaps maps = new ActivationMaps(model);
            for (ExplainMethod method :
                    List.of(ExplainMethod.GRAD_CAM, ExplainMethod.GRAD_CAM_PP, ExplainMethod.LAYER_CAM)) {
                assertMap(maps.map(method, input, target), golden.get("maps").get(method.word()));
            }
        });
    }

    @Test
    void attentionIsRolledOutAsInPyTorch() {
        JsonNode golden = GoldenFile.json("explain/maps").get("networks").get("vit_tiny_patch16_224");
        with("vit_tiny_patch16_224", 64, (model, input) -> {
            assertMap(new AttentionRollout(model).map(input), golden.get("maps").get("attention"));
            assertThatThrownBy(() -> new ActivationMaps(model).map(ExplainMethod.GRAD_CAM, input, 0))
                    .isInstanceOf(UsageException.class);
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "simple_cnn",
                "alexnet_classic",
                "resnet50v2",
                "xresnet18",
                "mobilenet_v3_small",
                "efficientnetv2_b0",
                "convnext_tiny",
                "light_cnn"
            })
    void everyFamilyWithFeatureMapsHasAMap(String name) {
        int size = name.equals("alexnet_classic") ? 227 : 64;
        with(name, size, (model, input) -> {
            ActivationMaps maps = new ActivationMaps(model);
            assertThat(IntStream.range(0, 7).anyMatch(k -> range(maps.map(ExplainMethod.LAYER_CAM, input, k)) == 1))
                    .isTrue();
            assertThatThrownBy(() -> new AttentionRollout(model).map(input)).isInstanceOf(UsageException.class);
        });
    }

    private static double range(Saliency map) {
        return java.util.Arrays.stream(map.values()).max().orElse(0)
                - java.util.Arrays.stream(map.values()).min().orElse(0);
    }

    @Test
    void noiseIsAlwaysTheSameAndSmooths() {
        with("resnet18", 64, (model, input) -> {
            int target = GoldenFile.json("explain/maps")
                    .get("networks")
                    .get("resnet18")
                    .get("target")
                    .asInt();
            ActivationMaps maps = new ActivationMaps(model);
            Saliency smooth = maps.map(ExplainMethod.SMOOTH, input, target);
            assertThat(maps.map(ExplainMethod.SMOOTH, input, target).values()).isEqualTo(smooth.values());
            assertThat(maps.map(ExplainMethod.GRAD_CAM, input, target).values()).isNotEqualTo(smooth.values());
        });
    }

    /** A network that only looks at one corner. */
    private static final class CornerWatcher extends Classifier {
        CornerWatcher() {
            super("corner", 2);
        }

        @Override
        public Tensor forward(ModelInput input) {
            Tensor each = input.images()
                    .narrow(2, 0, 8)
                    .narrow(3, 24, 8)
                    .mean(new long[] {1, 2, 3}, false, new org.bytedeco.pytorch.ScalarTypeOptional())
                    .unsqueeze(1);
            return torch.cat(
                    new org.bytedeco.pytorch.TensorVector(
                            each.mul(new org.bytedeco.pytorch.Scalar(4.0)), torch.zeros_like(each)),
                    1);
        }

        @Override
        public Tensor features(ModelInput input) {
            return input.images();
        }

        @Override
        public List<List<String>> layerGroups() {
            return List.of();
        }
    }

    @Test
    void occlusionFindsWhatTheNetworkLooksAtAndTheScoresTellMapsApart() {
        try (Classifier model = new CornerWatcher()) {
            Scope.run(() -> {
                Tensor input = torch.ones(1, 3, 32, 32);
                Covering covering = new Covering(model);
                Saliency map = covering.occlusion(input, 0);
                assertThat(map.at(3, 27)).isGreaterThan(0.9);
                assertThat(map.at(20, 5)).isZero();
                double[] upside =
                        java.util.Arrays.stream(map.values()).map(v -> 1 - v).toArray();
                Faithfulness good = covering.judge(input, 0, map);
                Faithfulness bad = covering.judge(input, 0, new Saliency(32, 32, upside));
                assertThat(good.deletion()).isLessThan(bad.deletion() - 0.2);
                assertThat(good.insertion()).isGreaterThan(bad.insertion() + 0.2);
            });
        }
    }

    @TempDir
    private Path folder = Path.of("");

    @Test
    void aRunExplainsAFileAsItPredictsIt() throws Exception {
        Path pictures = TinyPictures.drawSplit(folder.resolve("pictures"), 9, 5);
        Path run = TinyRuns.train(folder, pictures, "explained");
        Path file = pictures.resolve("val/disc/disc0.png");
        try (Explainer explainer = Explainer.open(run);
                Predictor predictor = Predictor.open(run)) {
            Explanation explanation = explainer.explain(file, ExplainMethod.AUTO, Optional.empty(), true);
            assertThat(explanation.method()).isEqualTo(ExplainMethod.GRAD_CAM);
            assertThat(explanation.prediction().label())
                    .isEqualTo(predictor.predict(file).label());
            assertThat(explanation.prediction().probability())
                    .isCloseTo(predictor.predict(file).probability(), within(1e-6));
            assertThat(explanation.score()).isPresent();
            assertThat(explainer.explain(file, ExplainMethod.OCCLUSION, Optional.of("stripes"), false))
                    .extracting(Explanation::explained, Explanation::method)
                    .containsExactly("stripes", ExplainMethod.OCCLUSION);
            List<Path> drawn = new ExplanationPicture(Locale.GERMAN).write(folder, "why", "disc0.png", explanation);
            assertThat(drawn).hasSize(2).allMatch(Files::isRegularFile);
            assertThatThrownBy(() -> explainer.explain(file, ExplainMethod.AUTO, Optional.of("dics"), false))
                    .isInstanceOf(UsageException.class)
                    .hasMessageContaining("disc");
            Path broken = Files.writeString(folder.resolve("broken.png"), "no picture");
            assertThatThrownBy(() -> explainer.explain(broken, ExplainMethod.AUTO, Optional.empty(), false))
                    .isInstanceOf(DataException.class);
        }
        assertThatThrownBy(() -> ExplainMethod.parse("gradcm")).hasMessageContaining("gradcam");
    }
}
