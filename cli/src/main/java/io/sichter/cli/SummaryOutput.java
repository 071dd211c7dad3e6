package io.sichter.cli;

import io.sichter.model.ModelSummary;
import io.sichter.model.ModelSummary.Row;
import io.sichter.text.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The layers of a network for people: the usual table with what it leaves out below, or the arithmetic of each size. */
record SummaryOutput(Terminal terminal, ModelSummary summary) {
    String text() {
        List<String> lines = new ArrayList<>();
        lines.add(summary.table(terminal.language()).stripTrailing());
        lines.add(say("cli.summary.macs", grouped(summary.multiplyAdds()), giga(summary.multiplyAdds())));
        if (summary.receptiveField() > 0) {
            lines.add(say("cli.summary.field", summary.receptiveField()));
        }
        summary.heaviest().ifPresent(row -> lines.add(heaviest(row)));
        return String.join("\n", lines);
    }

    private String heaviest(Row row) {
        String share = String.format(Locale.ROOT, "%.1f", 100.0 * row.parameters() / summary.parameters());
        if (row.outputShape().size() != 2) {
            return say("cli.summary.heaviest_layer", share, row.name(), row.layer());
        }
        long outputs = row.outputShape().get(row.outputShape().size() - 1);
        long inputs = row.multiplyAdds() / Math.max(1, outputs);
        return say("cli.summary.heaviest", share, row.name(), row.layer(), grouped(outputs), grouped(inputs));
    }

    /** Every layer that changes the size, and how. */
    String arithmetic() {
        TextTable table = new TextTable(List.of(
                TextTable.Column.words(say("cli.summary.name"), 12, 0),
                TextTable.Column.words(say("cli.summary.type"), 6, 2),
                TextTable.Column.words("(H + 2p - k)/s + 1", 30, 0),
                TextTable.Column.words(say("cli.summary.output"), 10, 0),
                TextTable.Column.number(say("cli.summary.sees"), 0),
                TextTable.Column.number("MACs", 1)));
        for (Row row : summary.rows()) {
            if (!row.arithmetic().isEmpty()) {
                table.row(List.of(
                        row.name(),
                        row.layer().substring(0, row.layer().lastIndexOf('-')),
                        row.arithmetic(),
                        String.join(
                                " x ",
                                row.outputShape().stream()
                                        .skip(1)
                                        .map(String::valueOf)
                                        .toList()),
                        field(row.receptiveField()),
                        grouped(row.multiplyAdds())));
            }
        }
        return table.format(terminal.resultColumns(), terminal.unicode()) + "\n\n" + say("cli.summary.legend");
    }

    private String field(@Nullable Long pixels) {
        return Objects.requireNonNullElse(pixels == null ? null : pixels.toString(), say("cli.summary.all"));
    }

    private static String grouped(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    private static String giga(long number) {
        return String.format(Locale.ROOT, "%.2f", number / 1e9);
    }

    private String say(String key, Object... arguments) {
        return Text.of(key, arguments).in(terminal.language());
    }
}
