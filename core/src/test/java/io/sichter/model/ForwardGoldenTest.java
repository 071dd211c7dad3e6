package io.sichter.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.sichter.GoldenFile;
import io.sichter.loss.CrossEntropy;
import io.sichter.tensor.Device;
import io.sichter.tensor.NoGrad;
import io.sichter.tensor.Scope;
import java.util.Arrays;
import java.util.stream.LongStream;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Forward and backward passes against torchvision's, with weights from the filler. */
class ForwardGoldenTest {
    @Test
    void theFillerIsTheSameInPython() {
        GoldenFile.json("engine/filler").properties().forEach(entry -> assertThat(Filler.values(entry.getKey(), 8))
                .containsExactly(GoldenFile.doubles(entry.getValue())));
    }

    @ParameterizedTest
    @ValueSource(strings = {"simple_cnn", "resnet18", "resnet50"})
    void evaluationInFloat64(String name) {
        run(name, torch.ScalarType.Double, (golden, model, input) -> {
            model.eval();
            assertClose(model.forward(input), golden.get("eval"), 1e-9);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"simple_cnn", "resnet18", "resnet50"})
    void evaluationInFloat32(String name) {
        run(name, torch.ScalarType.Float, (golden, model, input) -> {
            model.eval();
            assertClose(model.forward(input), golden.get("eval"), 1e-5);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"simple_cnn", "resnet18", "resnet50"})
    void trainingInFloat32(String name) {
        run(name, torch.ScalarType.Float, (golden, model, input) -> {
            model.train(true);
            assertClose(model.forward(input), golden.get("train"), 1e-3);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"simple_cnn", "resnet18", "resnet50"})
    void trainingInFloat64WithEveryGradientAndBuffer(String name) {
        run(name, torch.ScalarType.Double, (golden, model, input) -> {
            model.train(true);
            int batch = golden.get("batch").asInt();
            Tensor logits = model.forward(input);
            Tensor targets = Tensor.create(LongStream.range(0, batch).toArray());
            Tensor loss = new CrossEntropy().compute(logits, targets);
            loss.backward();
            assertClose(logits, golden.get("train"), 1e-9);
            assertThat(loss.item_double()).isCloseTo(golden.get("loss").asDouble(), within(1e-9));
            model.state().parameters().forEach((key, parameter) -> {
                double expected = golden.get("gradients").get(key).asDouble();
                assertThat(parameter.grad().square().sum().item_double())
                        .as(key)
                        .isCloseTo(expected, within(1e-7 * Math.abs(expected)));
            });
            model.state().buffers().forEach((key, buffer) -> {
                double expected = golden.get("buffers").get(key).asDouble();
                assertThat(buffer.sum().to(torch.ScalarType.Double).item_double())
                        .as(key)
                        .isCloseTo(expected, within(1e-9 * Math.max(1, Math.abs(expected))));
            });
        });
    }

    private interface Check {
        void accept(JsonNode golden, Classifier model, ModelInput input);
    }

    /** Runs with the layouts of training: weights and pictures channels_last. */
    private static void run(String name, torch.ScalarType type, Check check) {
        JsonNode golden = GoldenFile.json("engine/forward_" + name);
        int size = golden.get("size").asInt();
        ModelOptions options = new ModelOptions(golden.get("classes").asInt(), 3, size);
        try (Classifier model = Models.create(name, options)) {
            model.to(type, false);
            Filler.fill(model);
            model.moveTo(Device.CPU);
            Scope.run(() -> {
                Tensor images = Filler.tensor("input", golden.get("batch").asInt(), 3, size, size)
                        .to(type)
                        .contiguous(torch.MemoryFormat.ChannelsLast);
                check.accept(golden, model, new ModelInput(images));
            });
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
