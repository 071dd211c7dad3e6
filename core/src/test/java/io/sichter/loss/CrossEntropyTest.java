package io.sichter.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.sichter.GoldenFile;
import io.sichter.error.UsageException;
import io.sichter.model.Filler;
import io.sichter.tensor.Scope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;

class CrossEntropyTest {
    @Test
    void valueAndGradientArePyTorchs() {
        JsonNode golden = GoldenFile.json("engine/cross_entropy");
        double[] gradient = GoldenFile.doubles(golden.get("gradient"));
        Scope.run(() -> {
            Tensor logits = Filler.tensor("logits", 5, 7)
                    .mul_(new Scalar(3.0))
                    .to(torch.ScalarType.Float)
                    .requires_grad_(true);
            Tensor loss = Losses.create("cross_entropy")
                    .compute(logits, Tensor.create(GoldenFile.longs(golden.get("targets"))));
            loss.backward();
            assertThat(loss.item_double()).isCloseTo(golden.get("loss").asDouble(), within(1e-6));
            Tensor found = logits.grad().flatten();
            for (int i = 0; i < gradient.length; i++) {
                assertThat(found.get(i).item_double()).isCloseTo(gradient[i], within(1e-6));
            }
        });
    }

    @Test
    void halfPrecisionLogitsAreTakenAsFloat32() {
        Scope.run(() -> {
            Tensor logits = torch.zeros(2, 3).to(torch.ScalarType.BFloat16);
            Tensor loss = new CrossEntropy().compute(logits, Tensor.create(0L, 2L));
            assertThat(loss.scalar_type().intern()).isEqualTo(torch.ScalarType.Float);
            assertThat(loss.item_double()).isCloseTo(Math.log(3), within(1e-6));
        });
    }

    @Test
    void anUnknownNameIsAnsweredWithTheNearest() {
        assertThatThrownBy(() -> Losses.create("crossentropy"))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("cross_entropy");
    }
}
