package io.sichter.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.sichter.GoldenFile;
import io.sichter.config.OptimizerConfig;
import io.sichter.error.StorageException;
import io.sichter.error.UsageException;
import io.sichter.model.Filler;
import io.sichter.tensor.Scope;
import io.sichter.tensor.TensorData;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OptimizersTest {
    private static final Map<String, long[]> SHAPES = new LinkedHashMap<>();

    static {
        SHAPES.put("conv.weight", new long[] {6, 4, 3, 3});
        SHAPES.put("fc.bias", new long[] {5});
    }

    private static OptimizerConfig config(JsonNode one) {
        JsonNode o = one.get("options");
        List<Double> betas = o.has("betas")
                ? List.of(
                        o.get("betas").get(0).asDouble(), o.get("betas").get(1).asDouble())
                : List.of(0.9, 0.999);
        return new OptimizerConfig(
                one.get("name").asText(),
                0.1,
                o.path("momentum").asDouble(0),
                o.path("nesterov").asBoolean(false),
                betas,
                o.path("eps").asDouble(1e-8),
                o.path("weight_decay").asDouble(0));
    }

    private static OptimizerConfig config(String name) {
        return new OptimizerConfig(name, 0.1, 0.9, false, List.of(0.9, 0.999), 1e-8, 0.01);
    }

    private static Map<String, Tensor> parameters(torch.MemoryFormat format) {
        Map<String, Tensor> parameters = new LinkedHashMap<>();
        SHAPES.forEach((name, shape) -> {
            Tensor values = Filler.tensor(name, shape).to(torch.ScalarType.Float);
            parameters.put(name, (shape.length == 4 ? values.contiguous(format) : values).requires_grad_(true));
        });
        return parameters;
    }

    /** One step whose gradients come in row-major order, whatever the parameter's. */
    private static void step(Optimizer optimizer, Map<String, Tensor> parameters, int step) {
        optimizer.zeroGrad();
        parameters.forEach((name, parameter) -> parameter
                .mutable_grad()
                .put(Filler.tensor("grad" + step + "." + name, parameter.shape())
                        .to(torch.ScalarType.Float)));
        optimizer.step(0.1 / (step + 1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Contiguous", "ChannelsLast"})
    void tenStepsEndWherePyTorchEnds(String format) {
        JsonNode golden = GoldenFile.json("engine/optimizers");
        assertThat(golden).hasSize(8);
        for (JsonNode one : golden) {
            Scope.run(() -> {
                Map<String, Tensor> parameters = parameters(torch.MemoryFormat.valueOf(format));
                try (Optimizer optimizer = Optimizers.create(parameters, config(one))) {
                    for (int step = 0; step < 10; step++) {
                        step(optimizer, parameters, step);
                    }
                }
                parameters.forEach((name, parameter) -> {
                    double[] expected = GoldenFile.doubles(one.get("parameters").get(name));
                    Tensor found = parameter.detach().flatten();
                    for (int i = 0; i < expected.length; i++) {
                        assertThat(found.get(i).item_double())
                                .as("%s %s %d", one.get("name"), name, i)
                                .isCloseTo(expected[i], within(1e-6));
                    }
                });
            });
        }
    }

    @ParameterizedTest
    @CsvSource({"sgd,momentum_buffer", "adam,exp_avg exp_avg_sq step", "adamw,exp_avg exp_avg_sq step"})
    void stateGoesOutAndInExactly(String name, String kinds) {
        Scope.run(() -> {
            Map<String, Tensor> first = parameters(torch.MemoryFormat.ChannelsLast);
            Map<String, Tensor> second = new LinkedHashMap<>();
            try (Optimizer one = Optimizers.create(first, config(name))) {
                for (int step = 0; step < 4; step++) {
                    step(one, first, step);
                }
                assertThat(one.state().keySet())
                        .containsExactlyElementsOf(SHAPES.keySet().stream()
                                .flatMap(p -> List.of(kinds.split(" ")).stream().map(kind -> p + "." + kind))
                                .toList());
                first.forEach((key, p) -> second.put(key, p.detach().clone().requires_grad_(true)));
                try (Optimizer two = Optimizers.create(second, config(name))) {
                    Map<String, TensorData> state = new LinkedHashMap<>();
                    one.state().forEach((key, tensor) -> state.put(key, TensorData.of(tensor)));
                    two.load(state);
                    for (int step = 4; step < 7; step++) {
                        step(one, first, step);
                        step(two, second, step);
                    }
                    first.forEach((key, p) ->
                            assertThat(p.equal(second.get(key))).as(key).isTrue());
                }
            }
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"sgd", "adam", "adamw"})
    void aParameterWithoutGradientIsLeftAloneAndFallsBehindByAStep(String name) {
        Scope.run(() -> {
            Map<String, Tensor> parameters = parameters(torch.MemoryFormat.Contiguous);
            Tensor frozen = tensor(parameters, "fc.bias");
            Tensor before = frozen.detach().clone();
            try (Optimizer optimizer = Optimizers.create(parameters, config(name))) {
                optimizer.step(0.1); // nobody has a gradient
                step(optimizer, parameters, 0);
                Tensor after = frozen.detach().clone();
                assertThat(after.equal(before)).isFalse();
                optimizer.zeroGrad();
                assertThat(frozen.grad().defined()).isFalse();
                tensor(parameters, "conv.weight").mutable_grad().put(torch.ones(6, 4, 3, 3));
                optimizer.step(0.1);
                assertThat(frozen.detach().equal(after)).isTrue();
                if (!name.equals("sgd")) {
                    assertThat(tensor(optimizer.state(), "fc.bias.step").item_float())
                            .isEqualTo(1);
                    assertThat(tensor(optimizer.state(), "conv.weight.step").item_float())
                            .isEqualTo(2);
                }
            }
        });
    }

    @Test
    void momentumCanBeMovedPerStep() {
        Scope.run(() -> {
            Map<String, Tensor> parameters = parameters(torch.MemoryFormat.Contiguous);
            try (Optimizer optimizer = Optimizers.create(parameters, config("sgd"))) {
                step(optimizer, parameters, 0);
                double before = bufferOf(optimizer);
                optimizer.setMomentum(0.5);
                step(optimizer, parameters, 1);
                Tensor bias = tensor(parameters, "fc.bias");
                Tensor expected = Filler.tensor("grad1.fc.bias", 5).to(torch.ScalarType.Float);
                // the decay that went into the gradient belongs to the parameter before the step
                double old = bias.detach().get(0).item_double() + 0.05 * bufferOf(optimizer);
                double gradient = expected.get(0).item_double() + 0.01 * old;
                assertThat(bufferOf(optimizer)).isCloseTo(0.5 * before + gradient, within(1e-6));
                assertThatThrownBy(() -> optimizer.setMomentum(0)).isInstanceOf(IllegalArgumentException.class);
            }
        });
    }

    private static double bufferOf(Optimizer optimizer) {
        return tensor(optimizer.state(), "fc.bias.momentum_buffer").get(0).item_double();
    }

    @Test
    void contradictionsAndUnknownNamesAreRefused() {
        OptimizerConfig nesterov = new OptimizerConfig("sgd", 0.1, 0, true, List.of(0.9, 0.999), 1e-8, 0);
        assertThatThrownBy(() -> Optimizers.create(Map.of(), nesterov)).isInstanceOf(UsageException.class);
        OptimizerConfig oneBeta = new OptimizerConfig("adam", 0.1, 0, false, List.of(0.9), 1e-8, 0);
        assertThatThrownBy(() -> Optimizers.create(Map.of(), oneBeta)).isInstanceOf(UsageException.class);
        assertThatThrownBy(() -> Optimizers.create(Map.of(), config("adamm")))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("adam");
    }

    @Test
    void stateThatDoesNotFitIsRefused() {
        Scope.run(() -> {
            try (Optimizer optimizer = Optimizers.create(parameters(torch.MemoryFormat.Contiguous), config("sgd"))) {
                assertThatThrownBy(() -> optimizer.load(Map.of(
                                "fc.bias.momentum_buffer",
                                TensorData.of(torch.zeros(4)),
                                "x.step",
                                TensorData.of(torch.zeros(1)))))
                        .isInstanceOf(StorageException.class)
                        .hasMessageContaining("missing conv.weight.momentum_buffer")
                        .hasMessageContaining("fc.bias.momentum_buffer has shape [4]")
                        .hasMessageContaining("unexpected x.step");
            }
        });
    }

    private static Tensor tensor(Map<String, Tensor> map, String name) {
        return java.util.Objects.requireNonNull(map.get(name), name);
    }
}
