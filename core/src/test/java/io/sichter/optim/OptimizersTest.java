package io.sichter.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.sichter.Configs;
import io.sichter.GoldenFile;
import io.sichter.config.OptimizerConfig;
import io.sichter.error.StorageException;
import io.sichter.error.UsageException;
import io.sichter.model.Filler;
import io.sichter.tensor.Scope;
import io.sichter.tensor.TensorData;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class OptimizersTest {
    private static final Map<String, long[]> SHAPES = new LinkedHashMap<>();
    private static final Map<String, long[]> MORE_SHAPES = new LinkedHashMap<>();

    static {
        SHAPES.put("conv.weight", new long[] {6, 4, 3, 3});
        SHAPES.put("fc.bias", new long[] {5});
        MORE_SHAPES.put("conv.weight", new long[] {6, 4, 3, 3});
        MORE_SHAPES.put("fc.weight", new long[] {5, 8});
        MORE_SHAPES.put("norm.weight", new long[] {6});
        MORE_SHAPES.put("fc.bias", new long[] {5});
    }

    private static OptimizerConfig config(String name, String... settings) {
        List<String> all = new ArrayList<>(List.of("optimizer.name=" + name, "optimizer.lr=0.1"));
        all.addAll(List.of(settings));
        return Configs.of(all.toArray(String[]::new)).optimizer();
    }

    static Stream<String> names() {
        return Optimizers.names().stream();
    }

    private static Map<String, Tensor> parameters(torch.MemoryFormat format) {
        return parameters(SHAPES, format);
    }

    private static Map<String, Tensor> parameters(Map<String, long[]> shapes, torch.MemoryFormat format) {
        Map<String, Tensor> parameters = new LinkedHashMap<>();
        shapes.forEach((name, shape) -> {
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
    @CsvSource({"engine/optimizers,Contiguous", "engine/optimizers,ChannelsLast"})
    void tenStepsEndWherePyTorchEnds(String file, String format) {
        JsonNode golden = GoldenFile.json(file);
        assertThat(golden).hasSize(8);
        for (JsonNode one : golden) {
            OptimizerConfig config = Configs.of(
                            "optimizer",
                            one.get("options"),
                            List.of(),
                            "optimizer.name=" + one.get("name").asText(),
                            "optimizer.no_decay=[]",
                            one.get("options").has("momentum") ? "seed=1" : "optimizer.momentum=0",
                            one.get("options").has("weight_decay") ? "seed=1" : "optimizer.weight_decay=0")
                    .optimizer();
            assertTrajectory(one, config, SHAPES, torch.MemoryFormat.valueOf(format));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Contiguous", "ChannelsLast"})
    void theOthersAndTheirGroupsEndWherePyTorchAndTimmEnd(String format) {
        JsonNode golden = GoldenFile.json("optim/optimizers");
        assertThat(golden).hasSize(15);
        for (JsonNode one : golden) {
            OptimizerConfig config =
                    Configs.of("optimizer", one, List.of("parameters")).optimizer();
            assertTrajectory(one, config, MORE_SHAPES, torch.MemoryFormat.valueOf(format));
        }
    }

    private static void assertTrajectory(
            JsonNode one, OptimizerConfig config, Map<String, long[]> shapes, torch.MemoryFormat format) {
        Scope.run(() -> {
            Map<String, Tensor> parameters = parameters(shapes, format);
            try (Optimizer optimizer = Optimizers.create(parameters, config)) {
                for (int step = 0; step < 10; step++) {
                    step(optimizer, parameters, step);
                }
            }
            parameters.forEach((name, parameter) -> {
                double[] expected = GoldenFile.doubles(one.get("parameters").get(name));
                Tensor found = parameter.detach().flatten();
                for (int i = 0; i < expected.length; i++) {
                    assertThat(found.get(i).item_double())
                            .as("%s %s %d", config, name, i)
                            .isCloseTo(expected[i], within(1e-6));
                }
            });
        });
    }

    @ParameterizedTest
    @CsvSource({
        "sgd,momentum_buffer",
        "adam,exp_avg exp_avg_sq step",
        "adamw,exp_avg exp_avg_sq step",
        "rmsprop,square_avg momentum_buffer",
        "rmsprop_tf,square_avg momentum_buffer",
        "radam,exp_avg exp_avg_sq step",
        "lamb,exp_avg exp_avg_sq step",
        "lion,exp_avg"
    })
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
    @MethodSource("names")
    void stateOfEveryOptimizerIsCompleteForAnExactGoingOn(String name) {
        Scope.run(() -> {
            Map<String, Tensor> first = parameters(MORE_SHAPES, torch.MemoryFormat.ChannelsLast);
            Map<String, Tensor> second = new LinkedHashMap<>();
            try (Optimizer one = Optimizers.create(first, config(name))) {
                for (int step = 0; step < 6; step++) {
                    step(one, first, step);
                }
                first.forEach((key, p) -> second.put(key, p.detach().clone().requires_grad_(true)));
                try (Optimizer two = Optimizers.create(second, config(name))) {
                    Map<String, TensorData> state = new LinkedHashMap<>();
                    one.state().forEach((key, tensor) -> state.put(key, TensorData.of(tensor)));
                    assertThat(state).isNotEmpty();
                    two.load(state);
                    step(one, first, 6);
                    step(two, second, 6);
                    first.forEach((key, p) ->
                            assertThat(p.equal(second.get(key))).as(key).isTrue());
                }
            }
        });
    }

    @Test
    void aPartThatIsNoneAndAFieldThatIsUnknownAreRefused() {
        Scope.run(() -> {
            Map<String, Tensor> parameters = parameters(torch.MemoryFormat.Contiguous);
            assertThatThrownBy(() -> Optimizers.create(parameters, config("sgd", "optimizer.groups=[{head: {lr: 2}}]")))
                    .isInstanceOf(UsageException.class)
                    .hasMessageContaining("conv, fc");
            assertThatThrownBy(() -> Optimizers.create(parameters, config("sgd", "optimizer.groups=[{fc: {rate: 2}}]")))
                    .isInstanceOf(UsageException.class)
                    .hasMessageContaining("weight_decay");
        });
    }

    @Test
    void orthogonalMakesSingularValuesNearlyOne() {
        Scope.run(() -> {
            Tensor matrix = Filler.tensor("m", 12, 30).to(torch.ScalarType.Float);
            Tensor product = Muon.orthogonal(matrix);
            Tensor values = torch.linalg_svdvals(product);
            assertThat(values.min().item_double()).isGreaterThan(0.6);
            assertThat(values.max().item_double()).isLessThan(1.3);
            assertThat(torch.linalg_svdvals(matrix).max().item_double()).isGreaterThan(3);
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
            try (Optimizer optimizer = Optimizers.create(parameters, config("sgd", "optimizer.no_decay=[]"))) {
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
        assertThatThrownBy(() -> config("sgd", "optimizer.nesterov=true", "optimizer.momentum=0"))
                .isInstanceOf(UsageException.class);
        assertThatThrownBy(() -> config("adam", "optimizer.betas=[0.9]")).isInstanceOf(UsageException.class);
        assertThatThrownBy(() -> Optimizers.create(Map.of(), OptimizerConfig.of("adamm", 0.1, 0)))
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
