package io.sichter.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.sichter.GoldenFile;
import io.sichter.tensor.Scope;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;

class ClassWeightsTest {
    private static final JsonNode GOLDEN = GoldenFile.json("stats/stats");

    @Test
    void weightsAreThoseOfScikitLearnAndOfTheFormula() {
        for (JsonNode golden : GOLDEN.path("class_weights")) {
            int[] counts = Arrays.stream(GoldenFile.longs(golden.path("counts")))
                    .mapToInt(Math::toIntExact)
                    .toArray();
            assertThat(ClassWeights.balanced(counts))
                    .containsExactly(GoldenFile.doubles(golden.path("balanced")), within(1e-12));
            for (String beta : List.of("0.0", "0.9", "0.999")) {
                assertThat(ClassWeights.effectiveNumber(counts, Double.parseDouble(beta)))
                        .as("beta " + beta)
                        .containsExactly(
                                GoldenFile.doubles(
                                        golden.path("effective_number").path(beta)),
                                within(1e-9));
            }
        }
    }

    @Test
    void fiftyPicturesWeighTenTimesAsMuchAsFiveHundred() {
        double[] weights = ClassWeights.balanced(new int[] {50, 500});
        assertThat(weights[0] / weights[1]).isCloseTo(10, within(1e-12));
        assertThat((50 * weights[0] + 500 * weights[1]) / 550).isCloseTo(1, within(1e-12));
    }

    @Test
    void refusesClassesWithoutPictures() {
        assertThatThrownBy(() -> ClassWeights.balanced(new int[] {3, 0})).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ClassWeights.effectiveNumber(new int[] {3, 1}, 1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theWeightedLossAndItsGradientAreTorchs() {
        JsonNode golden = GOLDEN.path("cross_entropy");
        Scope.run(() -> {
            double[] numbers = new double[28];
            for (int i = 0; i < 28; i++) {
                numbers[i] = golden.path("logits").path(i / 4).path(i % 4).asDouble();
            }
            Tensor logits = Tensor.create(numbers).reshape(7, 4).detach().requires_grad_(true);
            Tensor targets = Tensor.create(GoldenFile.longs(golden.path("targets")));
            double[] weights = GoldenFile.doubles(golden.path("weights"));
            Tensor loss = new CrossEntropy(Arrays.stream(weights).boxed().toList(), 0).compute(logits, targets);
            loss.backward();
            assertThat(loss.item_double()).isCloseTo(golden.path("loss").asDouble(), within(1e-12));
            Tensor gradient = logits.grad().flatten();
            for (int i = 0; i < 28; i++) {
                assertThat(gradient.get(i).item_double())
                        .isCloseTo(
                                golden.path("gradient").path(i / 4).path(i % 4).asDouble(), within(1e-12));
            }
            Tensor half = logits.detach().to(torch.ScalarType.BFloat16);
            assertThat(new CrossEntropy(Arrays.stream(weights).boxed().toList(), 0)
                            .compute(half, targets)
                            .scalar_type()
                            .intern())
                    .isEqualTo(torch.ScalarType.Float);
        });
    }
}
