package io.sichter.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.sichter.Configs;
import io.sichter.GoldenFile;
import io.sichter.model.Filler;
import io.sichter.run.EpochMetrics;
import io.sichter.run.EpochTiming;
import io.sichter.run.History;
import io.sichter.tensor.Foreach;
import io.sichter.tensor.NoGrad;
import io.sichter.tensor.Precision;
import io.sichter.tensor.Scope;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PoliciesTest {
    @Test
    void gradientsAreClippedAsPyTorchAndTimmDo() {
        JsonNode golden = GoldenFile.json("policy/clip");
        assertThat(golden).hasSize(4);
        Map<String, long[]> shapes = new LinkedHashMap<>();
        shapes.put("conv.weight", new long[] {6, 4, 3, 3});
        shapes.put("fc.weight", new long[] {5, 8});
        shapes.put("fc.bias", new long[] {5});
        for (JsonNode one : golden) {
            GradientClip clip = GradientClip.of(
                    Configs.of("train.clip=" + one.get("kind").asText(), "train.clip_at=" + one.get("limit"))
                            .train());
            NoGrad.run(() -> Scope.run(() -> {
                List<Tensor> parameters = new ArrayList<>();
                List<Tensor> gradients = new ArrayList<>();
                shapes.forEach((name, shape) -> {
                    parameters.add(Filler.tensor(name, shape).mul_(new Scalar(0.2)));
                    double scale = name.equals("fc.weight") ? 0.001 : 1;
                    gradients.add(Filler.tensor("grad." + name, shape).mul_(new Scalar(scale)));
                });
                double norm = 0;
                for (Tensor each : Foreach.norm(gradients)) {
                    norm += each.item_double() * each.item_double();
                }
                clip.apply(parameters, gradients, Math.sqrt(norm));
                int i = 0;
                for (String name : shapes.keySet()) {
                    assertEqual(
                            gradients.get(i++),
                            GoldenFile.doubles(one.get("gradients").get(name)),
                            1e-9);
                }
            }));
        }
    }

    @Test
    void theMovingAverageIsTimms() {
        JsonNode golden = GoldenFile.json("policy/average");
        assertThat(golden).hasSize(3);
        for (JsonNode one : golden) {
            double decay = one.get("decay").asDouble();
            boolean warmup = one.get("warmup").asBoolean();
            Scope.run(() -> {
                Tensor weight = torch.ones(5).to(torch.ScalarType.Double);
                Tensor variance = torch.ones(5).to(torch.ScalarType.Double);
                List<Tensor> mean = List.of(weight, variance);
                for (int update = 1; update <= 12; update++) {
                    double now = MovingAverage.decay(decay, warmup, update);
                    assertThat(now).isCloseTo(one.get("decays").get(update - 1).asDouble(), within(1e-12));
                    Tensor moved = Filler.tensor("running_var" + update, 5)
                            .mul_(new Scalar(0.5))
                            .add_(new Scalar(1.0));
                    Foreach.lerp(mean, List.of(Filler.tensor("weight" + update, 5), moved), 1 - now);
                    double[] expected = GoldenFile.doubles(one.get("weights").get(update - 1));
                    assertEqual(torch.cat(new org.bytedeco.pytorch.TensorVector(weight, variance)), expected, 1e-9);
                }
            });
        }
    }

    private static void assertEqual(Tensor found, double[] expected, double tolerance) {
        Tensor flat = found.flatten();
        assertThat(flat.numel()).isEqualTo(expected.length);
        for (int i = 0; i < expected.length; i++) {
            assertThat(flat.get(i).item_double()).isCloseTo(expected[i], within(tolerance));
        }
    }

    private static BatchTransform.Mixed mix(long seed, String... settings) {
        Tensor input = Filler.tensor("pictures", 6, 3, 8, 8)
                .to(torch.ScalarType.Float)
                .contiguous(torch.MemoryFormat.ChannelsLast);
        Tensor targets = Tensor.create(new long[] {0, 1, 2, 3, 0, 1});
        return Mixing.of(Configs.of(settings).mix())
                .apply(new BatchTransform.Mixed(input, targets), 4, new SplittableRandom(seed));
    }

    @ParameterizedTest
    @ValueSource(strings = {"mix.mixup=0.4", "mix.cutmix=1"})
    void mixingIsAFunctionOfTheDrawAndNeverChangesNothing(String setting) {
        Scope.run(() -> {
            Tensor plain = mix(1).input();
            boolean[] different = {false};
            for (int seed = 0; seed < 20; seed++) {
                BatchTransform.Mixed first = mix(seed, setting);
                BatchTransform.Mixed again = mix(seed, setting);
                assertThat(first.input().equal(again.input())).isTrue();
                assertThat(first.targets().equal(again.targets())).isTrue();
                assertThat(first.input().is_contiguous(torch.MemoryFormat.ChannelsLast))
                        .isTrue();
                Tensor sums = first.targets().sum(1);
                assertThat(torch.allclose(sums, torch.ones(6))).isTrue();
                different[0] |= !first.input().equal(plain);
            }
            assertThat(different[0]).isTrue();
            assertThat(mix(3, setting).input().equal(mix(4, setting).input())).isFalse();
        });
    }

    @Test
    void aFixedShareIsExactlyThatShareOfTheOtherPicture() {
        Scope.run(() -> {
            BatchTransform.Mixed mixed = mix(5, "mix.mixup=1", "mix.share=0.3");
            Tensor plain = mix(1).input();
            // what is left after taking 70 % of the own picture away is 30 % of another of the batch, for each picture
            Tensor rest = mixed.input()
                    .sub(plain.mul(new Scalar(0.7)))
                    .div(new Scalar(0.3))
                    .reshape(6, -1);
            for (int i = 0; i < 6; i++) {
                double nearest = Double.MAX_VALUE;
                for (int j = 0; j < 6; j++) {
                    Tensor distance =
                            rest.get(i).sub(plain.reshape(6, -1).get(j)).abs().max();
                    nearest = Math.min(nearest, distance.item_double());
                }
                assertThat(nearest).isLessThan(1e-5);
            }
            assertThat(mixed.targets().max().item_double()).isBetween(0.699, 1.0001);
        });
    }

    @Test
    void cutMixSharesAreTheAreaThatCameFromTheOtherPicture() {
        Scope.run(() -> {
            Tensor plain = mix(1).input();
            int cuts = 0;
            for (int seed = 0; seed < 30; seed++) {
                BatchTransform.Mixed mixed = mix(seed, "mix.cutmix=1");
                Tensor changed = mixed.input().ne(plain).any(1);
                for (int i = 0; i < 6; i++) {
                    double area = changed.get(i).sum().item_double() / 64;
                    double own = mixed.targets().get(i).max().item_double();
                    if (area > 0
                            && mixed.targets().get(i).gt(new Scalar(0.0)).sum().item_int() == 2) {
                        double mine = mixed.targets()
                                .get(i)
                                .get(new long[] {0, 1, 2, 3, 0, 1}[i])
                                .item_double();
                        assertThat(mine).isCloseTo(1 - area, within(1e-6));
                        cuts++;
                    }
                    assertThat(own).isLessThanOrEqualTo(1 + 1e-6);
                }
            }
            assertThat(cuts).isGreaterThan(20);
        });
    }

    @Test
    void betaNumbersHaveTheMomentsOfTheDistribution() {
        for (double alpha : new double[] {0.1, 0.4, 1, 5}) {
            SplittableRandom random = new SplittableRandom(7);
            int n = 40_000;
            double sum = 0;
            double squares = 0;
            for (int i = 0; i < n; i++) {
                double x = Beta.symmetric(alpha, random);
                assertThat(x).isBetween(0.0, 1.0);
                sum += x;
                squares += (x - 0.5) * (x - 0.5);
            }
            double variance = 1 / (4 * (2 * alpha + 1));
            assertThat(sum / n).isCloseTo(0.5, within(0.01));
            assertThat(squares / n).isCloseTo(variance, within(0.02 * variance));
        }
    }

    @Test
    void theLossScaleIsHalvedByAnOverflowAndDoubledAfterTwoThousandSoundUpdates() {
        GradScaler scaler = GradScaler.of(Precision.FP16);
        assertThat(scaler.scale()).isEqualTo(65536);
        scaler = scaler.after(true);
        assertThat(scaler).isEqualTo(new GradScaler(32768, 0));
        for (int i = 0; i < 1999; i++) {
            scaler = scaler.after(false);
        }
        assertThat(scaler.scale()).isEqualTo(32768);
        assertThat(scaler.after(false)).isEqualTo(new GradScaler(65536, 0));
        assertThat(scaler.after(true)).isEqualTo(new GradScaler(16384, 0));
        assertThat(GradScaler.of(Precision.BF16).scale()).isEqualTo(1);
    }

    @Test
    void aRunIsOverWhenItsMetricHasNotGainedForSoLong() {
        EarlyStop rule = new EarlyStop("val_loss", 2, 0.05);
        assertThat(rule.isOver(history(1.0, 0.9, 0.88))).isFalse();
        assertThat(rule.isOver(history(1.0, 0.9, 0.88, 0.87))).isTrue(); // gains of less than 0.05 are none
        assertThat(rule.isOver(history(1.0, 0.9, 0.88, 0.84))).isFalse();
        assertThat(new EarlyStop("val_accuracy", 1, 0).isOver(history(0.5, 0.6)))
                .isFalse();
        assertThat(new EarlyStop("val_accuracy", 1, 0).isOver(history(0.5, 0.5)))
                .isTrue();
        assertThat(new EarlyStop("val_loss", 0, 0).isOver(history(1, 2, 3, 4))).isFalse();
    }

    private static History history(double... values) {
        History history = History.empty();
        for (double value : values) {
            int epoch = history.metrics().size() + 1;
            history = history.with(
                    new EpochMetrics(epoch, Map.of("val_loss", value, "val_accuracy", value)),
                    new EpochTiming(epoch, 1, 1, 0, 0, 0));
        }
        return history;
    }
}
