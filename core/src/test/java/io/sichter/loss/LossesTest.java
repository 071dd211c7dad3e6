package io.sichter.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.sichter.Configs;
import io.sichter.GoldenFile;
import io.sichter.config.LossConfig;
import io.sichter.error.UsageException;
import io.sichter.model.Filler;
import io.sichter.tensor.Scope;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LossesTest {
    private static final int PICTURES = 6;
    private static final int CLASSES = 7;

    private static LossConfig config(String... settings) {
        return Configs.of(settings).loss();
    }

    private static Tensor targets(JsonNode one) {
        return one.get("targets").size() == PICTURES
                ? Tensor.create(GoldenFile.longs(one.get("targets")))
                : Tensor.create(GoldenFile.doubles(one.get("targets"))).view(PICTURES, CLASSES);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Float", "Double"})
    void valuesAndGradientsAreTheReferences(String dtype) {
        JsonNode golden = GoldenFile.json("loss/losses");
        assertThat(golden).hasSize(20);
        for (JsonNode one : golden) {
            List<Double> weights = Arrays.stream(GoldenFile.doubles(one.get("weights")))
                    .boxed()
                    .toList();
            LossConfig config = Configs.of(
                            "loss",
                            one.get("options"),
                            List.of(),
                            "loss.name=" + one.get("name").asText())
                    .loss();
            Loss loss = Losses.create(config, weights);
            Scope.run(() -> {
                Tensor logits = Filler.tensor("logits", PICTURES, CLASSES)
                        .mul_(new Scalar(3.0))
                        .to(torch.ScalarType.valueOf(dtype))
                        .requires_grad_(true);
                Tensor value = loss.compute(logits, targets(one));
                value.backward();
                assertThat(value.item_double())
                        .as("%s", config)
                        .isCloseTo(one.get("loss").asDouble(), within(1e-6));
                Tensor found = logits.grad().flatten();
                double[] expected = GoldenFile.doubles(one.get("gradient"));
                for (int i = 0; i < expected.length; i++) {
                    assertThat(found.get(i).item_double())
                            .as("%s %d", config, i)
                            .isCloseTo(expected[i], within(1e-6));
                }
            });
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"cross_entropy", "focal", "gce", "bce", "asymmetric"})
    void halfPrecisionLogitsAreComputedInFloat32AndCertaintyIsFinite(String name) {
        Loss loss = Losses.create(config("loss.name=" + name, "loss.gamma=0.5"), 2);
        Scope.run(() -> {
            Tensor logits = Tensor.create(new float[] {80, -80, -80, 80})
                    .view(2, 2)
                    .to(torch.ScalarType.BFloat16)
                    .requires_grad_(true);
            Tensor value = loss.compute(logits, Tensor.create(new long[] {0, 0}));
            assertThat(value.scalar_type().intern()).isEqualTo(torch.ScalarType.Float);
            value.backward();
            assertThat(value.item_double()).isFinite();
            assertThat(logits.grad().isfinite().all().item_bool()).isTrue();
        });
    }

    @Test
    void weightsThatDoNotFitAreRefused() {
        assertThatThrownBy(() -> Losses.create(config("loss.name=focal"), List.of(1.0, 2.0)))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("focal");
        assertThatThrownBy(() -> Losses.create(config("loss.name=focal", "loss.alpha=[1, 2]"), 3))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("loss.alpha");
        assertThat(Losses.create(config("loss.name=focal", "loss.alpha=[1, 2]"), 2))
                .isEqualTo(new Focal(2, List.of(1.0, 2.0)));
    }

    @Test
    void unevenClassesAreNotCorrectedTwice() {
        assertThatThrownBy(() -> config("balance.mode=weights", "loss.name=gce"))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("does not take weights");
        assertThatThrownBy(() -> config("balance.mode=sampler", "loss.name=focal", "loss.alpha=[1, 2]"))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("corrected twice");
    }
}
