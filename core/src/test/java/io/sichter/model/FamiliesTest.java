package io.sichter.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import com.fasterxml.jackson.databind.JsonNode;
import io.sichter.GoldenFile;
import io.sichter.loss.CrossEntropy;
import io.sichter.model.Architecture.Option;
import io.sichter.nn.Skeleton;
import io.sichter.tensor.Device;
import io.sichter.tensor.Generators;
import io.sichter.tensor.NoGrad;
import io.sichter.tensor.Scope;
import io.sichter.tensor.Threads;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every architecture against the reference's: names, shapes, passes forward and backward, initial weights. */
class FamiliesTest {
    private static final JsonNode KEYS = GoldenFile.json("models/keys");

    private static int threads;

    /** Depthwise convolutions in float64 are computed channel by channel: threads would wait for each other each time. */
    @BeforeAll
    static void oneThread() {
        threads = Threads.get();
        Threads.set(1);
    }

    @AfterAll
    static void threadsAsBefore() {
        Threads.set(threads);
    }

    static List<String> names() {
        return List.copyOf(KEYS.properties().stream().map(Map.Entry::getKey).toList());
    }

    @Test
    void everyArchitectureHasAReference() {
        List<String> missing = new ArrayList<>(Models.names());
        missing.removeAll(names());
        assertThat(missing).containsExactly("simple_cnn"); // whose reference is in the area engine
    }

    @ParameterizedTest
    @MethodSource("names")
    void namesOrderAndShapesAreTheReferences(String name) {
        List<String> expected = new ArrayList<>();
        KEYS.get(name).forEach(key -> expected.add(key.asText()));
        ModelOptions options = new ModelOptions(1000, 3, name.equals("alexnet_classic") ? 227 : 224);
        try (Classifier model = Skeleton.call(() -> Models.create(name, options))) {
            List<String> found = new ArrayList<>();
            model.state()
                    .tensors()
                    .forEach((key, tensor) -> found.add(key + " "
                            + Arrays.stream(tensor.shape())
                                    .mapToObj(Long::toString)
                                    .collect(Collectors.joining("x"))));
            assertThat(found).containsExactlyElementsOf(expected);
            assertThat(model.layerGroups().stream().flatMap(List::stream))
                    .containsExactlyElementsOf(model.state().parameters().keySet());
            assertThat(model.layerGroups()).hasSizeGreaterThan(2).doesNotContain(List.of());
        }
    }

    /** Built once: float64 in both modes with gradients and statistics, then float32 in both. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "alexnet",
                "alexnet_classic",
                "vgg11_bn",
                "resnet34",
                "resnet101",
                "resnet50v2",
                "xresnet18",
                "xresnet34",
                "xresnet50",
                "squeezenet1_1",
                "mobilenet_v2",
                "mobilenet_v3_small",
                "mobilenet_v3_large",
                "efficientnet_b0",
                "efficientnet_b1",
                "efficientnet_b2",
                "efficientnet_b3",
                "efficientnetv2_b0",
                "efficientnet_v2_s",
                "convnext_tiny",
                "vit_tiny_patch16_224",
                "vit_small_patch16_224",
                "light_cnn",
                "light_cnn_separable"
            })
    void computesWhatTheReferenceComputes(String name) {
        JsonNode golden = GoldenFile.json("models/forward_" + name);
        ModelOptions options =
                options(name, golden.get("classes").asInt(), golden.get("size").asInt());
        try (Classifier model = Skeleton.call(() -> Models.create(name, options))) {
            model.to(torch.ScalarType.Double, false);
            model.moveTo(Device.CPU);
            fill(model, golden);
            evaluate(model, golden, 1e-9);
            train(model, golden, 1e-9);
            fill(model, golden);
            model.to(torch.ScalarType.Float, false);
            evaluate(model, golden, 1e-5);
            train(model, golden, 1e-3);
        }
    }

    static List<String> vggs() {
        return GoldenFile.json("models/vgg_maps").properties().stream()
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Their classifier, 120 million numbers, is that of vgg11_bn, which is compared as a whole. */
    @ParameterizedTest
    @MethodSource("vggs")
    void theMapsOfTheOtherVggsAreTheReferences(String name) {
        JsonNode golden = GoldenFile.json("models/vgg_maps").get(name);
        try (Classifier model = Skeleton.call(() -> Models.create(name, options(name, 7, 40)))) {
            NoGrad.run(() -> Scope.run(() -> {
                Map<String, Tensor> maps = new LinkedHashMap<>(model.state().tensors());
                maps.keySet().removeIf(key -> !key.startsWith("features."));
                maps.forEach((key, tensor) -> tensor.set_data(Filler.valueFor(key, tensor.shape())));
                model.eval();
                assertMaps(model, torch.ScalarType.Double, golden.get("eval"), 1e-9);
                model.train(true);
                assertMaps(model, torch.ScalarType.Double, golden.get("train"), 1e-9);
                maps.values().forEach(tensor -> tensor.set_data(tensor.to(torch.ScalarType.Float)));
                assertMaps(model, torch.ScalarType.Float, golden.get("train"), 1e-3);
                model.eval();
                maps.forEach((key, tensor) -> tensor.copy_(Filler.valueFor(key, tensor.shape())));
                assertMaps(model, torch.ScalarType.Float, golden.get("eval"), 1e-5);
            }));
        }
    }

    private static void assertMaps(Classifier model, torch.ScalarType type, JsonNode golden, double tolerance) {
        Tensor images = Filler.tensor("input", 4, 3, 40, 40).to(type).contiguous(torch.MemoryFormat.ChannelsLast);
        Tensor maps = model.features(new ModelInput(images)).flatten(1, -1).to(torch.ScalarType.Double);
        assertClose(maps.matmul(Filler.tensor("probe", maps.size(1), 7)), golden, tolerance);
    }

    private static void fill(Classifier model, JsonNode golden) {
        Filler.fill(model);
        double gain = golden.get("gain").asDouble();
        NoGrad.run(() -> Scope.run(() -> model.state().parameters().values().stream()
                .filter(parameter -> parameter.dim() > 1)
                .forEach(parameter -> parameter.mul_(new Scalar(gain)))));
    }

    private static ModelOptions options(String name, int classes, int size) {
        ModelOptions options = new ModelOptions(classes, 3, size);
        var takes = Models.takes(name);
        options = takes.contains(Option.DROPOUT) ? options.withDropout(0) : options;
        return takes.contains(Option.DROP_PATH) ? options.withDropPath(0) : options;
    }

    private static ModelInput input(Classifier model, JsonNode golden) {
        long size = golden.get("size").asLong();
        torch.ScalarType type =
                model.state().parameters().values().iterator().next().scalar_type();
        Tensor images = Filler.tensor("input", golden.get("batch").asLong(), 3, size, size);
        return new ModelInput(images.to(type).contiguous(torch.MemoryFormat.ChannelsLast));
    }

    private static void evaluate(Classifier model, JsonNode golden, double tolerance) {
        model.eval();
        NoGrad.run(() -> Scope.run(() -> {
            assertClose(model.forward(input(model, golden)), golden.get("eval"), tolerance);
            assertThat(model.features(input(model, golden)).dim()).isEqualTo(4);
        }));
    }

    private static void train(Classifier model, JsonNode golden, double tolerance) {
        model.train(true);
        boolean gradients = !golden.get("gradients").isEmpty();
        Runnable pass = () -> Scope.run(() -> {
            Tensor logits = model.forward(input(model, golden));
            long[] targets = LongStream.range(0, golden.get("batch").asInt())
                    .map(i -> i % golden.get("classes").asInt())
                    .toArray();
            Tensor loss = new CrossEntropy().compute(logits, Tensor.create(targets));
            assertClose(logits, golden.get("train"), tolerance);
            assertThat(loss.item_double()).isCloseTo(golden.get("loss").asDouble(), within(10 * tolerance));
            if (gradients && tolerance < 1e-6) {
                loss.backward();
                assertGradients(model, golden);
            }
            assertBuffers(model, golden.get("buffers"), Math.max(1e-9, tolerance / 10));
        });
        if (gradients) {
            pass.run();
        } else {
            NoGrad.run(pass);
        }
    }

    private static void assertGradients(Classifier model, JsonNode golden) {
        double largest = golden.get("gradients").properties().stream()
                .mapToDouble(entry -> entry.getValue().asDouble())
                .max()
                .orElseThrow();
        model.state().parameters().forEach((key, parameter) -> {
            double expected = golden.get("gradients").get(key).asDouble();
            assertThat(parameter.grad().square().sum().item_double())
                    .as(key)
                    .isCloseTo(expected, within(1e-7 * expected + 1e-15 * largest));
        });
    }

    private static void assertBuffers(Classifier model, JsonNode golden, double tolerance) {
        model.state().buffers().forEach((key, buffer) -> {
            double expected = golden.get(key).asDouble();
            assertThat(buffer.to(torch.ScalarType.Double).sum().item_double())
                    .as(key)
                    .isCloseTo(expected, within(tolerance * Math.max((double) buffer.numel(), Math.abs(expected))));
        });
    }

    @Test
    void kerasConstantsAreTaken() {
        JsonNode golden = GoldenFile.json("models/keras_norm");
        ModelOptions options = new ModelOptions(7, 3, 14).withDropout(0).with(ModelOptions.NormConstants.KERAS);
        try (Classifier model = Models.create("light_cnn", options)) {
            model.to(torch.ScalarType.Double, false);
            Filler.fill(model);
            Scope.run(() -> {
                assertClose(
                        model.forward(new ModelInput(Filler.tensor("input", 4, 3, 14, 14))), golden.get("train"), 1e-9);
                assertBuffers(model, golden.get("buffers"), 1e-9);
            });
        }
    }

    static List<String> drawn() {
        return GoldenFile.json("models/initial").properties().stream()
                .map(Map.Entry::getKey)
                .toList();
    }

    /** From the same seed libtorch draws the reference's very weights. */
    @ParameterizedTest
    @MethodSource("drawn")
    void initialWeightsAreDrawnAsTheReferenceDrawsThem(String name) {
        JsonNode golden = GoldenFile.json("models/initial").get(name);
        Generators.seed(7);
        try (Classifier model =
                Models.create(name, new ModelOptions(7, 3, golden.get("size").asInt()))) {
            NoGrad.run(
                    () -> Scope.run(() -> golden.get("parameters").properties().forEach(entry -> {
                        double[] expected = GoldenFile.doubles(entry.getValue());
                        Tensor values = model.state()
                                .tensor(entry.getKey())
                                .to(torch.ScalarType.Double)
                                .flatten();
                        double deviation = values.numel() > 1 ? values.std().item_double() : 0;
                        double[] found = {
                            values.mean().item_double(),
                            deviation,
                            values.get(0).item_double()
                        };
                        if (name.equals("efficientnetv2_b0")) { // timm draws for a layer it throws away
                            assertThat(found[1]).as(entry.getKey()).isCloseTo(expected[1], withinPercentage(20));
                        } else {
                            assertThat(found).as(entry.getKey()).containsExactly(expected, within(1e-6));
                        }
                    })));
        }
    }

    private static void assertClose(Tensor logits, JsonNode golden, double tolerance) {
        double[] expected = GoldenFile.doubles(golden);
        double largest = Arrays.stream(expected).map(Math::abs).max().orElseThrow();
        Tensor flat =
                NoGrad.call(() -> logits.detach().to(torch.ScalarType.Double).flatten());
        assertThat(flat.numel()).isEqualTo(expected.length);
        for (int i = 0; i < expected.length; i++) {
            assertThat(flat.get(i).item_double()).isCloseTo(expected[i], within(tolerance * largest));
        }
    }
}
