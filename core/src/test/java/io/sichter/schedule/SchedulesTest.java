package io.sichter.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.sichter.GoldenFile;
import io.sichter.config.ScheduleConfig;
import io.sichter.error.UsageException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SchedulesTest {
    private static ScheduleConfig config(String name) {
        ScheduleConfig d = ScheduleConfig.defaults();
        return new ScheduleConfig(name, d.pctStart(), d.divFactor(), d.finalDivFactor(), d.minLr());
    }

    @Test
    void everyRateIsPyTorchs() {
        JsonNode golden = GoldenFile.json("engine/schedules");
        double peak = golden.get("peak").asDouble();
        assertThat(golden.get("cases")).hasSize(7);
        for (JsonNode one : golden.get("cases")) {
            ScheduleConfig config = new ScheduleConfig(
                    one.get("name").asText(),
                    one.path("pct_start").asDouble(0.25),
                    one.path("div_factor").asDouble(25),
                    one.path("final_div_factor").asDouble(1e4),
                    one.path("min_lr").asDouble(0));
            int total = one.get("total").asInt();
            LearningRateSchedule schedule = Schedules.create(config, peak, total);
            double[] expected = GoldenFile.doubles(one.get("lr"));
            assertThat(expected).hasSize(total);
            for (int step = 0; step < total; step++) {
                assertThat(schedule.lr(step)).as("%s step %d", one, step).isCloseTo(expected[step], within(1e-9));
            }
        }
    }

    @Test
    void constantNeverMoves() {
        LearningRateSchedule schedule = Schedules.create(config("constant"), 0.3, 5);
        assertThat(new double[] {schedule.lr(0), schedule.lr(4), schedule.lr(1000)})
                .containsExactly(0.3, 0.3, 0.3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"constant", "cosine", "one_cycle"})
    void ratesArePositiveAtAnyLengthAndStayAfterTheEnd(String name) {
        for (int total = 1; total <= 20; total++) {
            LearningRateSchedule schedule = Schedules.create(config(name), 1, total);
            for (int step = 0; step < total; step++) {
                assertThat(schedule.lr(step)).isPositive().isLessThanOrEqualTo(1);
            }
            assertThat(schedule.lr(total + 7L)).isEqualTo(schedule.lr(total + 8L));
            assertThat(schedule.momentum(0)).isEmpty();
        }
    }

    @Test
    void oneCycleWithoutRoomForARiseStartsAtThePeak() {
        assertThat(Schedules.create(config("one_cycle"), 1, 1).lr(0)).isEqualTo(1);
        assertThat(Schedules.create(config("one_cycle"), 1, 4).lr(0)).isEqualTo(1);
        assertThat(Schedules.create(config("one_cycle"), 1, 4).lr(3)).isLessThan(1e-5);
    }

    @ParameterizedTest
    @ValueSource(strings = {"constant", "cosine", "one_cycle"})
    void negativeStepsAreAMistake(String name) {
        LearningRateSchedule schedule = Schedules.create(config(name), 1, 10);
        assertThatThrownBy(() -> schedule.lr(-1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void noStepsAtAllAreAMistakeAndUnknownNamesAreAnswered() {
        assertThatThrownBy(() -> Schedules.create(config("cosine"), 1, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Schedules.create(config("cosin"), 1, 1))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("cosine");
    }
}
