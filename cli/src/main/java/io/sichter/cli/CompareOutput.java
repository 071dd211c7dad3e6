package io.sichter.cli;

import io.sichter.cli.TextTable.Column;
import io.sichter.search.ComparisonResult;
import io.sichter.search.ComparisonResult.RivalResult;
import io.sichter.search.Versus;
import io.sichter.text.Text;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a comparison prints: a row for each rival, and what the rows are worth. */
final class CompareOutput {
    private CompareOutput() {}

    static String text(ComparisonResult result, List<Path> pictures, Terminal terminal) {
        Locale language = terminal.language();
        TextTable table = new TextTable(List.of(
                Column.words(Text.of("cli.compare.rival").in(language), 12, 0),
                Column.number("lr", 4),
                Column.number(result.metric(), 0),
                Column.number("±", 0),
                Column.number("val_f1_macro", 5),
                Column.number("val_loss", 3),
                Column.number(Text.of("cli.compare.difference").in(language), 2),
                Column.number("± 95 %", 6),
                Column.number("p", 1),
                Column.words(Text.of("cli.compare.verdict").in(language), 8, 0)));
        result.rivals().forEach(rival -> table.row(row(rival, language)));
        List<Text> lines = new ArrayList<>();
        lines.add(Text.of("cli.compare.what", result.metric(), result.seeds(), sampling(result), result.validation()));
        if (result.seeds() < 3) {
            lines.add(Text.of("cli.compare.few_seeds", result.seeds()));
        }
        lines.add(Text.of("cli.compare.files", result.folder()));
        if (!pictures.isEmpty()) {
            lines.add(Text.of("cli.compare.picture", pictures.get(0)));
        }
        StringBuilder out = new StringBuilder(table.format(terminal.resultColumns(), terminal.unicode())).append('\n');
        lines.forEach(line -> out.append('\n').append(Wrap.words(line.in(language), terminal.resultColumns())));
        return out.toString();
    }

    private static List<String> row(RivalResult rival, Locale language) {
        Versus versus = rival.versus();
        boolean first = versus.verdict() == Versus.Verdict.FIRST;
        double[] rates =
                rival.runs().stream().mapToDouble(run -> run.lr()).distinct().toArray();
        return List.of(
                rival.settings().name(),
                rates.length == 1 ? String.format(Locale.ROOT, "%.2g", rates[0]) : "*",
                decimals(rival.mean()),
                decimals(rival.std()),
                decimals(rival.mean("val_f1_macro")),
                decimals(rival.mean("val_loss")),
                first ? "" : String.format(Locale.ROOT, "%+.4f", versus.difference()),
                first ? "" : decimals(versus.half()),
                first || Double.isNaN(versus.probability())
                        ? ""
                        : String.format(Locale.ROOT, "%.3f", versus.probability()),
                Text.of("cli.compare.verdict." + versus.verdict().name().toLowerCase(Locale.ROOT))
                        .in(language));
    }

    /** What an accuracy is uncertain by for the number of pictures alone, in points of percent. */
    private static String sampling(ComparisonResult result) {
        double p = result.rivals().get(0).mean("val_accuracy");
        return String.format(Locale.ROOT, "%.1f", 100 * Math.sqrt(p * (1 - p) / result.validation()));
    }

    private static String decimals(double value) {
        return Double.isNaN(value) ? "n/a" : String.format(Locale.ROOT, "%.4f", value);
    }
}
