package io.sichter.cli;

/** Text broken into lines at spaces. */
final class Wrap {
    private Wrap() {}

    /** No line is wider than so many columns, except for a single word that is. */
    static String words(String text, int columns) {
        StringBuilder wrapped = new StringBuilder();
        for (String line : text.split("\n", -1)) {
            int used = 0;
            for (String word : line.split(" ", -1)) {
                int width = DisplayWidth.of(word);
                boolean first = used == 0;
                boolean fits = used + 1 + width <= columns;
                wrapped.append(first ? "" : fits ? " " : "\n").append(word);
                used = first || !fits ? width : used + 1 + width;
            }
            wrapped.append('\n');
        }
        return wrapped.substring(0, wrapped.length() - 1);
    }
}
