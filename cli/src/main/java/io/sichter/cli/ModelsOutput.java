package io.sichter.cli;

import io.sichter.cli.TextTable.Column;
import io.sichter.model.Family;
import io.sichter.published.PublishedWeights;
import io.sichter.text.Text;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;

/** The list of architectures: a table, or one JSON object. */
final class ModelsOutput {
    private static final Comparator<ModelRow> BY_ACCURACY = Comparator.comparing(
                    (ModelRow row) -> row.weights().isEmpty())
            .thenComparing(Comparator.comparingDouble(ModelRow::accuracy).reversed());

    /** The words of {@code --sort}. */
    static final Map<String, Comparator<ModelRow>> ORDERS = orders();

    private ModelsOutput() {}

    private static Map<String, Comparator<ModelRow>> orders() {
        Map<String, Comparator<ModelRow>> orders = new LinkedHashMap<>();
        orders.put(
                "family",
                Comparator.comparing((ModelRow row) -> row.family().paper().year())
                        .thenComparing(ModelRow::family));
        orders.put("name", Comparator.comparing(ModelRow::name));
        orders.put("parameters", Comparator.comparingLong(row -> row.size().parameters()));
        orders.put("macs", Comparator.comparingLong(row -> row.size().macs()));
        orders.put("accuracy", BY_ACCURACY);
        return orders;
    }

    static String table(List<ModelRow> rows, Terminal terminal) {
        UnaryOperator<String> head = name -> Text.of("cli.models.head." + name).in(terminal.language());
        TextTable table = new TextTable(List.of(
                Column.words(head.apply("name"), 12, 0),
                Column.words(head.apply("family"), 10, 4),
                Column.number(head.apply("parameters"), 0),
                Column.number(head.apply("macs"), 1),
                Column.number(head.apply("size"), 2),
                Column.number(head.apply("accuracy"), 0),
                Column.words(head.apply("precision"), 4, 3),
                Column.words(head.apply("weights"), 10, 5),
                Column.words(head.apply("paper"), 12, 6)));
        for (ModelRow row : rows) {
            Family.Paper paper = row.family().paper();
            table.row(List.of(
                    row.name(),
                    row.family().title(),
                    decimals("%.2f", row.size().parameters() / 1e6),
                    decimals("%.2f", row.size().macs() / 1e9),
                    Integer.toString(row.size().imageSize()),
                    row.weights().isPresent() ? decimals("%.4f", row.accuracy()) : "-",
                    row.precision().toString(),
                    row.weights().map(PublishedWeights::source).orElse("-"),
                    paper.authors() + " " + paper.year()));
        }
        return table.format(terminal.resultColumns(), terminal.unicode());
    }

    private static String decimals(String format, double value) {
        return String.format(Locale.ROOT, format, value);
    }

    static Map<String, Object> json(List<ModelRow> rows) {
        return Map.of("models", rows.stream().map(ModelsOutput::json).toList());
    }

    private static Map<String, Object> json(ModelRow row) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", row.name());
        json.put("family", row.family().title());
        json.put("parameters", row.size().parameters());
        json.put("macs", row.size().macs());
        json.put("image_size", row.size().imageSize());
        json.put("accuracy", Json.number(row.accuracy()));
        json.put("precision", row.precision().toString());
        json.put("weights", row.weights().map(PublishedWeights::name).orElse(null));
        json.put("paper", row.family().paper());
        return json;
    }
}
