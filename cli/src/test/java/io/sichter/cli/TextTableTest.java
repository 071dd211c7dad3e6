package io.sichter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sichter.cli.TextTable.Column;
import io.sichter.cli.TextTable.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;

class TextTableTest {
    private static TextTable table() {
        return new TextTable(List.of(
                        Column.words("name", 6, 0),
                        Column.number("value", 0),
                        new Column("path", Kind.PATH, 8, 1),
                        Column.words("note", 6, 0)))
                .row(List.of("a", "0.5", "/a/long/path/to/pictures", "first"))
                .row(List.of("a rather long name", "12.25", "b", "a\tlong\nnote"));
    }

    @Test
    void withRoomItIsWhole() {
        assertThat(table().format(Integer.MAX_VALUE, true)).isEqualTo("""
                name                value  path                      note
                a                     0.5  /a/long/path/to/pictures  first
                a rather long name  12.25  b                         a long note""");
    }

    @Test
    void itFitsEveryWidthAndNumbersStayWhole() {
        for (int width = 22; width < 70; width++) {
            String text = table().format(width, width % 2 == 0);
            assertThat(text.lines()).as("%d", width).hasSize(3);
            for (String line : text.lines().toList()) {
                assertThat(DisplayWidth.of(line)).as(line).isLessThanOrEqualTo(width);
            }
            assertThat(text).contains("12.25", "name", "note");
        }
        assertThat(table().format(48, true)).contains("…/to/pictures");
        assertThat(table().format(24, true)).doesNotContain("path");
    }

    @Test
    void wideAndCombiningLettersAreCountedAsTheyAreShown() {
        assertThat(DisplayWidth.of("猫")).isEqualTo(2);
        assertThat(DisplayWidth.of("e\u0301")).isEqualTo(1);
        assertThat(DisplayWidth.cut("猫と犬", 5, true)).isEqualTo("猫と…");
        assertThat(DisplayWidth.cut("猫と犬", 4, true)).isEqualTo("猫…");
        assertThat(DisplayWidth.cutBeginning("abcdef", 4, false)).isEqualTo("..ef");
    }
}
