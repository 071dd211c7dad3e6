package io.sichter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TextBarsTest {
    private static String bars(List<Double> values, int columns, boolean unicode) {
        return TextBars.of(List.of("cat", "größer"), values, v -> String.valueOf((int) v), columns, unicode);
    }

    @Test
    void theLargestFillsTheWidthAndFewIsNotNone() {
        assertThat(bars(List.of(1000.0, 1.0), 22, true)).isEqualTo("  cat    ████████ 1000\n  größer ▏           1");
        assertThat(bars(List.of(4.0, 1.0), 18, false)).isEqualTo("  cat    ####### 4\n  größer ##      1");
    }

    @Test
    void nothingHasNoBarAndNamesAreCutToTheWidth() {
        assertThat(bars(List.of(0.0, 0.0), 16, true)).isEqualTo("  cat          0\n  größer       0");
        assertThat(TextBars.of(List.of("x".repeat(40)), List.of(1.0), v -> "1", 40, true))
                .startsWith("  " + "x".repeat(23) + "… █");
    }
}
