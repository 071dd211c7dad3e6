package io.sichter.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Rows under headings, made to fit: columns that may be cut are cut, the widest first; where that is not enough, columns
 * are left out, those that may go first.
 */
final class TextTable {
    private static final int GAP = 2;

    /** What is done with a column where there is little room. */
    enum Kind {
        /** A number: on the right, whole or not at all. */
        NUMBER,
        /** Words: on the left, cut at the end. */
        WORDS,
        /** A path: on the left, cut at the beginning. */
        PATH
    }

    /**
     * A column.
     *
     * @param least columns of the terminal that it keeps when it is cut
     * @param sacrifice the greater, the sooner it is left out; 0 always stays
     */
    record Column(String head, Kind kind, int least, int sacrifice) {
        static Column number(String head, int sacrifice) {
            return new Column(head, Kind.NUMBER, 0, sacrifice);
        }

        static Column words(String head, int least, int sacrifice) {
            return new Column(head, Kind.WORDS, least, sacrifice);
        }
    }

    private final List<Column> columns;
    private final List<List<String>> rows = new ArrayList<>();

    TextTable(List<Column> columns) {
        this.columns = List.copyOf(columns);
    }

    /** Adds a row; line ends in it become spaces. */
    TextTable row(List<String> cells) {
        rows.add(cells.stream()
                .map(cell -> Terminal.printable(cell).replaceAll("\\s+", " "))
                .toList());
        return this;
    }

    /**
     * The table, without a last line end.
     *
     * @param width columns of the terminal
     */
    String format(int width, boolean unicode) {
        List<Integer> shown =
                new ArrayList<>(IntStream.range(0, columns.size()).boxed().toList());
        int[] widths = fit(shown, width);
        while (total(shown, widths) > width) {
            Integer victim = shown.stream()
                    .filter(i -> columns.get(i).sacrifice() > 0)
                    .max(java.util.Comparator.comparingInt(i -> columns.get(i).sacrifice()))
                    .orElse(null);
            if (victim == null) {
                break; // what is left is needed, on two lines if it must be
            }
            shown.remove(victim);
            widths = fit(shown, width);
        }
        List<String> lines = new ArrayList<>();
        lines.add(line(columns.stream().map(Column::head).toList(), shown, widths, unicode));
        for (List<String> row : rows) {
            lines.add(line(row, shown, widths, unicode));
        }
        return String.join("\n", lines);
    }

    private int[] fit(List<Integer> shown, int width) {
        int[] widths = new int[columns.size()];
        for (int i : shown) {
            int column = i;
            widths[i] = rows.stream()
                    .mapToInt(row -> DisplayWidth.of(row.get(column)))
                    .reduce(DisplayWidth.of(columns.get(i).head()), Math::max);
        }
        for (int excess = total(shown, widths) - width; excess > 0; excess--) {
            int widest = -1;
            for (int i : shown) {
                boolean may = columns.get(i).kind() != Kind.NUMBER
                        && widths[i] > columns.get(i).least();
                if (may && (widest < 0 || widths[i] > widths[widest])) {
                    widest = i;
                }
            }
            if (widest < 0) {
                break;
            }
            widths[widest]--;
        }
        return widths;
    }

    private static int total(List<Integer> shown, int[] widths) {
        return shown.stream().mapToInt(i -> widths[i]).sum() + GAP * (shown.size() - 1);
    }

    private String line(List<String> cells, List<Integer> shown, int[] widths, boolean unicode) {
        return shown.stream()
                .map(i -> cell(cells.get(i), columns.get(i).kind(), widths[i], unicode))
                .collect(Collectors.joining(" ".repeat(GAP)))
                .stripTrailing();
    }

    private static String cell(String text, Kind kind, int width, boolean unicode) {
        String cut = kind == Kind.PATH
                ? DisplayWidth.cutBeginning(text, width, unicode)
                : DisplayWidth.cut(text, width, unicode);
        String space = " ".repeat(Math.max(0, width - DisplayWidth.of(cut)));
        return kind == Kind.NUMBER ? space + cut : cut + space;
    }
}
