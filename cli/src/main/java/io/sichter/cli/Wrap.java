package io.sichter.cli;

/** Text broken into lines at spaces. */
final class Wrap {
    private Wrap() {}

    /**
     * No line is wider than so many columns, except for a single word that is. A line that fits stays as it is; one that
     * does not goes on as far to the right as it began.
     */
    static String words(String text, int columns) {
        StringBuilder wrapped = new StringBuilder();
        for (String line : text.split("\n", -1)) {
            if (DisplayWidth.of(line) <= columns) {
                wrapped.append(line);
            } else {
                breakLine(line, columns, wrapped);
            }
            wrapped.append('\n');
        }
        return wrapped.substring(0, wrapped.length() - 1);
    }

    private static void breakLine(String line, int columns, StringBuilder wrapped) {
        String indent = " ".repeat(line.length() - line.stripLeading().length());
        wrapped.append(indent);
        int used = 0;
        for (String word : line.stripLeading().split(" ", -1)) {
            int width = DisplayWidth.of(word);
            if (used > 0 && indent.length() + used + 1 + width > columns) {
                wrapped.append('\n').append(indent);
                used = 0;
            } else if (used > 0) {
                wrapped.append(' ');
                used++;
            }
            wrapped.append(word);
            used += width;
        }
    }
}
