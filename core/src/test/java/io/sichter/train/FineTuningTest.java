package io.sichter.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.sichter.Configs;
import io.sichter.GoldenFile;
import io.sichter.config.RunConfig;
import io.sichter.model.Filler;
import io.sichter.optim.DepthRates;
import io.sichter.optim.Optimizer;
import io.sichter.optim.Optimizers;
import io.sichter.optim.ParameterGroups;
import io.sichter.tensor.Scope;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;

/** The plan of fine-tuning beside fastai's, and where it leads beside PyTorch. */
class FineTuningTest {
    private static final JsonNode GOLDEN = GoldenFile.json("transfer/fine_tune");
    private static final int STEPS = GOLDEN.get("steps").asInt();
    private static final int HEAD_EPOCHS = GOLDEN.get("head_epochs").asInt();
    private static final int EPOCHS = HEAD_EPOCHS + GOLDEN.get("epochs").asInt();

    private static RunConfig config() {
        return Configs.of(
                "transfer.fine_tune=true",
                "model.weights=somewhere",
                "transfer.head_epochs=" + HEAD_EPOCHS,
                "train.epochs=" + GOLDEN.get("epochs"),
                "loader.batch_size=" + GOLDEN.get("batch"));
    }

    private static Plan plan(RunConfig config) {
        return PlanBuilder.of(config, STEPS * GOLDEN.get("batch").asInt(), stage -> {
            throw new IllegalStateException("nothing is loaded");
        });
    }

    @Test
    void theRatesAreFastais() {
        RunConfig config = config();
        assertThat(config.optimizer().lr()).isEqualTo(GOLDEN.get("lr").asDouble());
        assertThat(config.epochs()).isEqualTo(EPOCHS);
        List<List<String>> groups = List.of(List.of("a"), List.of("b"), List.of("c"));
        try (Plan plan = plan(config)) {
            assertThat(plan.totalSteps()).isEqualTo((long) EPOCHS * STEPS);
            for (int step = 0; step < EPOCHS * STEPS; step++) {
                JsonNode golden = GOLDEN.get("rates").get(step);
                int epoch = 1 + step / STEPS;
                boolean head = config.transfer().frozen(epoch) != 0;
                assertThat(head).isEqualTo(golden.get("frozen").asInt() == 2);
                assertThat(config.transfer().beginsAnew(epoch)).isEqualTo(epoch == HEAD_EPOCHS + 1);
                Map<String, Double> factors = head
                        ? DepthRates.tenth(groups)
                        : DepthRates.spread(groups, config.optimizer().lrSpread());
                double peak = plan.lr(epoch, step % STEPS);
                double[] expected = GoldenFile.doubles(golden.get("lr"));
                for (int group = 0; group < expected.length; group++) {
                    assertThat(peak * factors.getOrDefault(groups.get(group).get(0), 0.0))
                            .as("step %d, group %d", step, group)
                            .isCloseTo(expected[group], within(1e-6 * expected[group])); // fastai's shares are float32
                }
                assertThat(plan.momentum(epoch, step % STEPS).orElseThrow())
                        .isCloseTo(golden.get("momentum").asDouble(), within(1e-6));
            }
        }
    }

    /** Ten-odd steps of AdamW under these rates: the head and a norm alone, then everything and a new memory. */
    @Test
    void theWeightsGoWherePyTorchsGo() {
        RunConfig config = config();
        Map<String, long[]> shapes = new LinkedHashMap<>();
        shapes.put("conv1.weight", new long[] {6, 4, 3, 3});
        shapes.put("layer3.bn1.weight", new long[] {6});
        shapes.put("layer3.0.weight", new long[] {5, 8});
        shapes.put("fc.weight", new long[] {5, 8});
        List<List<String>> groups =
                List.of(List.of("conv1.weight"), List.of("layer3.bn1.weight", "layer3.0.weight"), List.of("fc.weight"));
        Scope.run(() -> {
            Map<String, Tensor> parameters = new LinkedHashMap<>();
            shapes.forEach((name, shape) -> parameters.put(
                    name, Filler.tensor(name, shape).to(torch.ScalarType.Float).requires_grad_(true)));
            ParameterGroups head = ParameterGroups.of(parameters, config.optimizer(), DepthRates.tenth(groups));
            ParameterGroups all = ParameterGroups.of(
                    parameters,
                    config.optimizer(),
                    DepthRates.spread(groups, config.optimizer().lrSpread()));
            JsonNode golden = GoldenFile.json("transfer/trajectory");
            int compared = 0;
            try (Plan plan = plan(config);
                    Optimizer optimizer = Optimizers.create(head, config.optimizer())) {
                for (int step = 0; step < EPOCHS * STEPS; step++) {
                    int epoch = 1 + step / STEPS;
                    boolean frozen = config.transfer().frozen(epoch) != 0;
                    if (step == HEAD_EPOCHS * STEPS) {
                        optimizer.regroup(all);
                        optimizer.clear();
                    }
                    optimizer.zeroGrad();
                    for (Map.Entry<String, Tensor> parameter : parameters.entrySet()) {
                        String name = parameter.getKey();
                        if (!frozen || name.equals("fc.weight") || name.endsWith("bn1.weight")) {
                            parameter
                                    .getValue()
                                    .mutable_grad()
                                    .put(Filler.tensor(
                                                    "grad" + step + "." + name,
                                                    parameter.getValue().shape())
                                            .to(torch.ScalarType.Float));
                        }
                    }
                    optimizer.setMomentum(plan.momentum(epoch, step % STEPS).orElseThrow());
                    optimizer.step(plan.lr(epoch, step % STEPS));
                    if (step == golden.path(compared).path("step").asInt(-1)) {
                        assertEqual(parameters, golden.get(compared++).get("parameters"), step);
                    }
                }
            }
            assertThat(compared).isEqualTo(4);
        });
    }

    private static void assertEqual(Map<String, Tensor> parameters, JsonNode golden, int step) {
        parameters.forEach((name, parameter) -> {
            double[] expected = GoldenFile.doubles(golden.get(name));
            Tensor found = parameter.detach().flatten();
            for (int i = 0; i < expected.length; i++) {
                assertThat(found.get(i).item_double())
                        .as("%s after step %d", name, step)
                        .isCloseTo(expected[i], within(1e-6));
            }
        });
    }
}
