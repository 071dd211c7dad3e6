package io.sichter.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/**
 * What {@link BalanceBench} wrote, as a table: a line for each class, the rarest first, a column for each way; mean over
 * the seeds and, in brackets, the lowest and highest.
 *
 * @param rows one class of one run each
 */
record BalanceTable(List<Row> rows) {
    /** One line of the file; an f1 that is not available, because nothing was tested, is NaN. */
    record Row(String way, int seed, String name, int train, int test, double f1, double accuracy, double f1Macro) {}

    /** The lowest, the mean and the highest of some figures. */
    private record Range(double low, double mean, double high) {
        static Range of(List<Double> figures) {
            var summary = figures.stream().mapToDouble(Double::doubleValue).summaryStatistics();
            return new Range(summary.getMin(), summary.getAverage(), summary.getMax());
        }

        @Override
        public String toString() {
            return String.format(Locale.ROOT, "%.2f [%.2f, %.2f]", mean, low, high);
        }
    }

    static BalanceTable read(Path csv) throws IOException {
        List<Row> rows = new ArrayList<>();
        List<String> lines = Files.readAllLines(csv);
        for (String line : lines.subList(1, lines.size())) {
            String[] cells = line.split(",", -1);
            rows.add(new Row(
                    cells[0],
                    Integer.parseInt(cells[1]),
                    cells[2],
                    Integer.parseInt(cells[3]),
                    Integer.parseInt(cells[4]),
                    cells[7].isEmpty() ? Double.NaN : Double.parseDouble(cells[7]),
                    Double.parseDouble(cells[8]),
                    Double.parseDouble(cells[9])));
        }
        return new BalanceTable(List.copyOf(rows));
    }

    String markdown() {
        List<String> ways = rows.stream().map(Row::way).distinct().toList();
        StringBuilder table = new StringBuilder("| class | train | test | " + String.join(" | ", ways) + " |\n");
        table.append("|---|--:|--:|").append("--:|".repeat(ways.size())).append('\n');
        Map<String, Row> classes = new LinkedHashMap<>();
        rows.stream()
                .sorted(java.util.Comparator.comparingInt(row -> row.train() + row.test()))
                .forEach(row -> classes.putIfAbsent(row.name(), row));
        classes.forEach((name, row) -> table.append("| " + name + " | " + row.train() + " | " + row.test() + " |")
                .append(cells(ways, one -> one.name().equals(name), Row::f1)));
        String any = rows.get(0).name();
        table.append("| f1_macro | | |").append(cells(ways, row -> row.name().equals(any), Row::f1Macro));
        table.append("| accuracy | | |").append(cells(ways, row -> row.name().equals(any), Row::accuracy));
        return table.toString();
    }

    private String cells(List<String> ways, java.util.function.Predicate<Row> which, Function<Row, Double> figure) {
        StringBuilder cells = new StringBuilder();
        for (String way : ways) {
            List<Double> figures = rows.stream()
                    .filter(row -> row.way().equals(way) && which.test(row))
                    .map(figure)
                    .filter(value -> !value.isNaN())
                    .toList();
            cells.append(' ')
                    .append(figures.isEmpty() ? "n/a" : Range.of(figures))
                    .append(" |");
        }
        return cells.append('\n').toString();
    }
}
