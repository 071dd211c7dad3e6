package io.sichter.cli;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** A page of the guide's reference while it is written, in one of its languages. */
final class ReferencePage {
    private final StringBuilder page = new StringBuilder();
    private final Locale language;

    ReferencePage(Locale language) {
        this.language = language;
    }

    Locale language() {
        return language;
    }

    /** The words of the page's language. */
    String say(String english, String german) {
        return language.equals(Locale.GERMAN) ? german : english;
    }

    /** Adds a paragraph, a heading or a block. */
    void paragraph(String text) {
        page.append(page.isEmpty() ? "" : "\n").append(text.stripTrailing()).append('\n');
    }

    /** Begins a table. */
    void table(String... headings) {
        page.append('\n');
        row(headings);
        row(Arrays.stream(headings).map(heading -> "---").toArray(String[]::new));
    }

    void row(String... cells) {
        page.append(Arrays.stream(cells)
                .map(cell -> cell.replace("|", "\\|"))
                .collect(Collectors.joining(" | ", "| ", " |\n")));
    }

    static String code(String text) {
        return "`" + text + "`";
    }

    /** Words in which nothing is markup. */
    static String plain(String words) {
        return words.replace("<", "\\<").replace("*", "\\*");
    }

    @Override
    public String toString() {
        return page.toString();
    }
}
