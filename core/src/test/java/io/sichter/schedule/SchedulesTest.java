package io.sichter.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.sichter.Configs;
import io.sichter.GoldenFile;
import io.sichter.config.ScheduleConfig;
import io.sichter.error.UsageException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SchedulesTest {
    private static LearningRateSchedule create(String name, double peak, long total) {
        return create(peak, total, 3, "schedule.name=" + name, "schedule.milestones=[2, 4]");
    }

    private static LearningRateSchedule create(double peak, long total, long epoch, String... settings) {
        return Schedules.create(Configs.of(settings).schedule(), peak, new Schedules.Span(total, epoch));
    }

    static Stream<String> names() {
        return Schedules.names().stream();
    }

    @ParameterizedTest
    @ValueSource(strings = {"engine/schedules", "schedule/schedules"})
    void everyRateAndMomentumIsTheReferences(String file) {
        JsonNode golden = GoldenFile.json(file);
        double peak = golden.get("peak").asDouble();
        assertThat(golden.get("cases")).hasSize(file.startsWith("engine") ? 7 : 13);
        for (JsonNode one : golden.get("cases")) {
            ScheduleConfig config = Configs.of(
                            "schedule", one, List.of("lr", "momentum", "total", "epoch"), "train.epochs=99")
                    .schedule();
            int total = one.get("total").asInt();
            LearningRateSchedule schedule = Schedules.create(
                    config, peak, new Schedules.Span(total, one.path("epoch").asLong(1)));
            double[] expected = GoldenFile.doubles(one.get("lr"));
            assertThat(expected).hasSize(total);
            for (int step = 0; step < total; step++) {
                assertThat(schedule.lr(step)).as("%s step %d", one, step).isCloseTo(expected[step], within(1e-9));
                if (one.has("momentum")) {
                    assertThat(schedule.momentum(step).orElseThrow())
                            .as("%s momentum of step %d", one, step)
                            .isCloseTo(one.get("momentum").get(step).asDouble(), within(1e-9));
                }
            }
        }
    }

    @Test
    void aPlateauIsPyTorchs() {
        JsonNode golden = GoldenFile.json("schedule/plateaus");
        assertThat(golden).hasSize(4);
        for (JsonNode one : golden) {
            Plateau plateau = new Plateau(
                    one.get("gamma").asDouble(),
                    one.get("patience").asInt(),
                    one.get("cooldown").asInt(),
                    one.get("min_delta").asDouble(),
                    one.get("higher").asBoolean(),
                    one.get("lowest").asDouble());
            double[] factors = GoldenFile.doubles(one.get("factors"));
            List<Double> values =
                    Arrays.stream(GoldenFile.doubles(one.get("values"))).boxed().toList();
            assertThat(factors[factors.length - 1]).isLessThan(0.5); // the comparison below sees drops
            for (int epoch = 0; epoch < factors.length; epoch++) {
                assertThat(plateau.factor(values.subList(0, epoch)))
                        .as("%s epoch %d", one, epoch)
                        .isCloseTo(factors[epoch], within(1e-9));
            }
        }
    }

    @Test
    void aMetricThatIsNotAvailableIsNoGain() {
        Plateau plateau = new Plateau(0.5, 1, 0, 0, true, 0);
        assertThat(plateau.factor(List.of(Double.NaN, Double.NaN))).isEqualTo(0.5);
        assertThat(plateau.factor(List.of(Double.NaN, 0.5))).isEqualTo(1);
    }

    @Test
    void constantNeverMoves() {
        LearningRateSchedule schedule = create("constant", 0.3, 5);
        assertThat(new double[] {schedule.lr(0), schedule.lr(4), schedule.lr(1000)})
                .containsExactly(0.3, 0.3, 0.3);
    }

    @ParameterizedTest
    @MethodSource("names")
    void ratesArePositiveAtAnyLengthWithAndWithoutWarmUp(String name) {
        for (int total = 1; total <= 20; total++) {
            for (double warmup : new double[] {0, 0.5, 3}) {
                LearningRateSchedule schedule = create(
                        1,
                        total,
                        3,
                        "schedule.name=" + name,
                        "schedule.milestones=[2, 4]",
                        "schedule.warmup_epochs=" + warmup);
                for (int step = 0; step < total; step++) {
                    assertThat(schedule.lr(step)).isPositive().isLessThanOrEqualTo(1);
                }
                assertThat(schedule.momentum(0)).isEmpty();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"constant", "cosine", "one_cycle", "polynomial"})
    void theLastRateStaysAfterTheEnd(String name) {
        LearningRateSchedule schedule = create(name, 1, 12);
        assertThat(schedule.lr(19)).isEqualTo(schedule.lr(12));
    }

    @Test
    void oneCycleWithoutRoomForARiseStartsAtThePeak() {
        assertThat(create("one_cycle", 1, 1).lr(0)).isEqualTo(1);
        assertThat(create("one_cycle", 1, 4).lr(0)).isEqualTo(1);
        assertThat(create("one_cycle", 1, 4).lr(3)).isLessThan(1e-5);
    }

    @ParameterizedTest
    @MethodSource("names")
    void negativeStepsAreAMistake(String name) {
        LearningRateSchedule schedule = create(name, 1, 10);
        assertThatThrownBy(() -> schedule.lr(-1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void noStepsAtAllAreAMistake() {
        assertThatThrownBy(() -> create("cosine", 1, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void onlySchedulesWithoutAnEndTakeMoreEpochs() {
        assertThat(names().filter(Schedules::dependsOnLength))
                .containsExactlyInAnyOrder("polynomial", "cosine", "one_cycle");
    }

    @Test
    void contradictionsAreRefused() {
        assertRefused("warm-up", "schedule.warmup_epochs=5", "train.epochs=5");
        assertRefused("milestones", "schedule.name=multi_step");
        assertRefused("milestones", "schedule.name=multi_step", "schedule.milestones=[3, 2]");
        assertRefused("momentums", "schedule.momentums=[0.9, 0.8]");
        assertRefused("lowest", "schedule.name=cosine", "schedule.min_lr=0.1", "optimizer.lr=0.01");
    }

    private static void assertRefused(String words, String... settings) {
        assertThatThrownBy(() -> Configs.of(settings))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining(words);
    }
}
