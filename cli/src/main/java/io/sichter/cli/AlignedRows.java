package io.sichter.cli;

import java.util.ArrayList;
import java.util.List;

/** Rows in columns: names on the left, numbers on the right, as wide as they need to be. */
final class AlignedRows {
    private record Row(List<String> names, List<String> numbers) {}

    private final List<Row> rows = new ArrayList<>();

    /** Adds a row; all rows have as many names and numbers as the first. */
    AlignedRows row(List<String> names, List<String> numbers) {
        rows.add(new Row(List.copyOf(names), List.copyOf(numbers)));
        return this;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (Row row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < row.names().size(); i++) {
                String cell = row.names().get(i);
                line.append(i == 0 ? "" : "  ").append(cell).append(" ".repeat(width(i, true) - columns(cell)));
            }
            for (int i = 0; i < row.numbers().size(); i++) {
                String cell = row.numbers().get(i);
                line.append("  ")
                        .append(" ".repeat(width(i, false) - columns(cell)))
                        .append(cell);
            }
            text.append(text.isEmpty() ? "" : "\n").append(line.toString().stripTrailing());
        }
        return text.toString();
    }

    private int width(int column, boolean name) {
        return rows.stream()
                .map(row -> (name ? row.names() : row.numbers()).get(column))
                .mapToInt(AlignedRows::columns)
                .max()
                .orElse(0);
    }

    private static int columns(String text) {
        return text.codePointCount(0, text.length());
    }
}
