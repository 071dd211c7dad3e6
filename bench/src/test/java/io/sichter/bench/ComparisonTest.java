package io.sichter.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.sichter.bench.Comparison.Better;
import io.sichter.bench.Comparison.Side;
import io.sichter.bench.Comparison.Spread;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The arithmetic behind every printed ratio. */
class ComparisonTest {
    private static final Side OURS = new Side("ours", List.of(40.0, 10.0, 30.0));
    private static final Side THEIRS = new Side("theirs", List.of(10.0, 5.0, 10.0));

    @Test
    void theMedianOfAnEvenNumberIsTheMeanOfTheMiddleTwo() {
        assertThat(Spread.of(List.of(4.0, 1.0, 3.0, 10.0))).isEqualTo(new Spread(3.5, 1, 10));
        assertThat(Spread.of(List.of(7.0))).isEqualTo(new Spread(7, 7, 7));
    }

    @Test
    void ratiosAreTakenWithinARoundAndAboveOneFavourTheFirst() {
        assertThat(comparison(Better.HIGHER).ratios(THEIRS)).containsExactly(4.0, 2.0, 3.0);
        assertThat(comparison(Better.LOWER).ratios(THEIRS)).containsExactly(0.25, 0.5, 1 / 3.0);
    }

    @Test
    void theTableSaysWhetherTargetsAreMet() {
        assertThat(comparison(Better.HIGHER).table())
                .contains("3 rounds", "ours : theirs", "3.000", "at least 2.50: met", "at least 100.00: MISSED");
        assertThat(comparison(Better.LOWER).table()).contains("at least 2.50: MISSED", "at most 100.00: met");
    }

    @Test
    void theJsonHasEveryFigure() {
        JsonNode json = comparison(Better.HIGHER).json();
        assertThat(json.at("/sides/0/figures/2").asDouble()).isEqualTo(30);
        assertThat(json.at("/sides/0/limit").asDouble()).isEqualTo(100);
        assertThat(json.at("/sides/0/first_to_this").isMissingNode()).isTrue();
        assertThat(json.at("/sides/1/first_to_this/median").asDouble()).isEqualTo(3);
        assertThat(json.at("/sides/1/first_to_this/min").asDouble()).isEqualTo(2);
        assertThat(json.at("/sides/1/first_to_this/target").asDouble()).isEqualTo(2.5);
        assertThat(json.get("better").asText()).isEqualTo("higher");
    }

    @Test
    void everyRoundNeedsAllSides() {
        List<Side> uneven = List.of(OURS, new Side("short", List.of(1.0)));
        assertThatThrownBy(() -> new Comparison("t", "u", Better.HIGHER, uneven, Map.of(), Map.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static Comparison comparison(Better better) {
        return new Comparison("t", "u", better, List.of(OURS, THEIRS), Map.of("theirs", 2.5), Map.of("ours", 100.0));
    }
}
