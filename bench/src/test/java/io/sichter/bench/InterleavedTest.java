package io.sichter.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sichter.bench.Comparison.Better;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Rounds really interleave, and the warm-up does not count. */
class InterleavedTest {
    private final List<String> order = new ArrayList<>();

    @Test
    void sidesTakeTurnsAndOnlyRoundsAfterTheWarmUpCount() throws Exception {
        Comparison result = two().warmUp(2).rounds(5).run();
        assertThat(String.join("", order)).isEqualTo("ab".repeat(7));
        assertThat(result.sides().get(0).figures()).containsExactly(5.0, 7.0, 9.0, 11.0, 13.0);
        assertThat(result.sides().get(1).figures()).containsExactly(6.0, 8.0, 10.0, 12.0, 14.0);
    }

    @Test
    void fewerThanFiveRoundsAreRefused() {
        assertThatThrownBy(() -> two().rounds(4)).hasMessageContaining("at least 5");
    }

    @Test
    void aTargetForASideThatIsNotThereIsRefusedBeforeAnythingRuns() {
        assertThatThrownBy(() -> two().target("c", 2).run()).hasMessageContaining("[c]");
        assertThatThrownBy(() -> two().limit("d", 2).run()).hasMessageContaining("[d]");
        assertThat(order).isEmpty();
    }

    @Test
    void twoSidesOfOneNameAreRefused() {
        assertThatThrownBy(() -> two().side("a", () -> 1)).hasMessageContaining("called a");
    }

    private Interleaved two() {
        return Interleaved.of("t", "u", Better.HIGHER)
                .pause(Duration.ZERO)
                .side("a", () -> turn("a"))
                .side("b", () -> turn("b"));
    }

    private double turn(String name) {
        order.add(name);
        return order.size();
    }
}
