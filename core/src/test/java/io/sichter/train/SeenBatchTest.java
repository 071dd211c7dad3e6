package io.sichter.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sichter.config.ConfigLayer;
import io.sichter.config.ConfigReader;
import io.sichter.config.RunConfig;
import io.sichter.loader.Batch;
import io.sichter.tensor.Device;
import io.sichter.tensor.InputNormalizer;
import io.sichter.tensor.Scope;
import io.sichter.tensor.TensorData;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Random;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** People see what the network gets: mixing before the normalisation shows what mixing after it makes. */
class SeenBatchTest {
    private static final int SIDE = 6;
    private static final List<Double> MEAN = List.of(0.485, 0.456, 0.406);
    private static final List<Double> STD = List.of(0.229, 0.224, 0.225);

    private static Batch batch() {
        byte[] pixels = new byte[4 * SIDE * SIDE * 3];
        new Random(3).nextBytes(pixels);
        ByteBuffer direct = ByteBuffer.allocateDirect(pixels.length).put(pixels).flip();
        return new Batch(direct, 1, 4, SIDE, SIDE, 3, new long[] {0, 2, 1, 2}, List.of("a", "b", "c", "d"), List.of());
    }

    private static RunConfig config(String... settings) {
        return ConfigReader.resolve(
                RunConfig.defaults(),
                java.util.Arrays.stream(settings).map(ConfigLayer::assignment).toList());
    }

    @ParameterizedTest
    @ValueSource(strings = {"mix.mixup=1", "mix.cutmix=1"})
    void itIsTheInputOfTheStepWithoutItsNormalisation(String mixing) {
        RunConfig config = config(mixing, "seed=7");
        SeenBatch seen = SeenBatch.of(batch(), config, 3, 2, 5);
        assertThat(seen.isMixed()).isTrue();
        Scope.run(() -> {
            Tensor normalized = new InputNormalizer(MEAN, STD, Device.CPU).apply(batch().pixels(), 1, 4, SIDE, SIDE, 3);
            BatchTransform.Mixed input = Mixing.of(config.mix())
                    .apply(
                            new BatchTransform.Mixed(normalized, torch.tensor(batch().targets())),
                            3,
                            Mixing.random(7, 2, 5));
            FloatBuffer values = floats(input.input().permute(0, 2, 3, 1).contiguous());
            for (int i = 0; i < values.limit(); i++) {
                double undone = 255 * (values.get(i) * STD.get(i % 3) + MEAN.get(i % 3));
                assertThat(seen.batch().pixels().get(i) & 0xFF).isCloseTo((int) Math.round(undone), within(1));
            }
            FloatBuffer shares = floats(input.targets());
            for (int i = 0; i < 4; i++) {
                SeenBatch.Label label = seen.labels().get(i);
                double rest = label.other().isPresent()
                        ? shares.get(3 * i + label.other().getAsInt())
                        : 0;
                assertThat(label.share()).isCloseTo(shares.get(3 * i + label.own()), within(1e-6));
                assertThat(label.share() + rest).isCloseTo(1, within(1e-6));
            }
        });
    }

    @Test
    void withoutMixingItIsTheBatch() {
        Batch batch = batch();
        SeenBatch seen = SeenBatch.of(batch, config(), 3, 1, 0);
        assertThat(seen.isMixed()).isFalse();
        assertThat(seen.batch()).isSameAs(batch);
        assertThat(seen.labels()).extracting(SeenBatch.Label::own).containsExactly(0, 2, 1, 2);
        assertThat(seen.labels())
                .allMatch(label -> label.share() == 1 && label.other().isEmpty());
    }

    private static FloatBuffer floats(Tensor tensor) {
        return TensorData.of(tensor).data().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
    }
}
