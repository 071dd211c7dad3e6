package io.sichter.cli;

import io.sichter.text.Text;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The epochs of a run as a table, the best one marked. */
final class EpochTable {
    /** One epoch; metrics by their names. */
    record Row(int epoch, Map<String, Double> metrics, double lr, double seconds, boolean best) {}

    private static final List<String> METRICS = List.of("train_loss", "val_loss", "val_accuracy", "val_f1_macro");
    private static final int WIDE = 78;

    private EpochTable() {}

    /** The table, metrics under their names in metrics.csv; its last row marked best is the best of all. */
    static String format(List<Row> rows, int columns, Locale language) {
        boolean wide = columns >= WIDE;
        List<String> heads = wide ? METRICS : List.of("train_loss", "val_loss", "val_acc", "val_f1");
        String gap = wide ? "  " : " ";
        int least = wide ? 8 : 7;
        int best = rows.stream().filter(Row::best).mapToInt(Row::epoch).max().orElse(-1);
        StringBuilder table = new StringBuilder(right(Text.of("cli.table.epoch").in(language), 7));
        for (String head : heads) {
            table.append(gap).append(right(head, least));
        }
        table.append(gap)
                .append(right("lr", least))
                .append(gap)
                .append(right(Text.of("cli.table.time").in(language), least));
        for (Row row : rows) {
            table.append('\n').append(row.epoch() == best ? '*' : ' ').append(right(Integer.toString(row.epoch()), 6));
            for (int i = 0; i < heads.size(); i++) {
                double value = row.metrics().getOrDefault(METRICS.get(i), Double.NaN);
                int width = Math.max(least, heads.get(i).length());
                table.append(gap).append(right(number("%.4f", value), width));
            }
            table.append(gap).append(right(number(wide ? "%.2e" : "%.1e", row.lr()), least));
            table.append(gap).append(right(ProgressLine.clock(row.seconds()), least));
        }
        return table.append("\n* ")
                .append(Text.of("cli.table.best").in(language))
                .toString();
    }

    private static String number(String format, double value) {
        return Double.isNaN(value) ? "n/a" : String.format(Locale.ROOT, format, value);
    }

    private static String right(String text, int width) {
        return " ".repeat(Math.max(0, width - text.length())) + text;
    }
}
