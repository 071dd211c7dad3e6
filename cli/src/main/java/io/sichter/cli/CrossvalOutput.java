package io.sichter.cli;

import io.sichter.cli.TextTable.Column;
import io.sichter.search.CrossValidationResult;
import io.sichter.search.CrossValidationResult.Estimate;
import io.sichter.search.CrossValidationResult.Fold;
import io.sichter.text.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a cross-validation prints: a row for each fold, and what they say together. */
final class CrossvalOutput {
    private CrossvalOutput() {}

    static String text(CrossValidationResult result, Terminal terminal) {
        Locale language = terminal.language();
        boolean repeated = result.plan().repeats() > 1;
        TextTable table = new TextTable(List.of(
                Column.number(Text.of("cli.crossval.fold").in(language), 0),
                Column.number("train", 3),
                Column.number("val", 4),
                Column.number(Text.of("cli.crossval.samples").in(language), 1),
                Column.number("accuracy", 0),
                Column.number("f1_macro", 2),
                Column.number(Text.of("cli.table.epoch").in(language), 5)));
        for (Fold fold : result.folds()) {
            table.row(List.of(
                    (repeated ? fold.repeat() + "." : "") + fold.number(),
                    Integer.toString(fold.train()),
                    Integer.toString(fold.validation()),
                    Integer.toString(fold.samples()),
                    decimals(fold.accuracy()),
                    decimals(fold.f1Macro()),
                    Integer.toString(fold.bestEpoch())));
        }
        List<Text> lines = new ArrayList<>();
        lines.add(estimate("accuracy", result.accuracy()));
        lines.add(estimate("f1_macro", result.f1Macro()));
        if (result.unreadable() > 0) {
            lines.add(Text.of("cli.crossval.unreadable", result.unreadable()));
        }
        if (result.testAccuracy().isPresent()) {
            lines.add(Text.of(
                    "cli.crossval.test",
                    decimals(result.testAccuracy().getAsDouble()),
                    decimals(result.testF1Macro().orElse(Double.NaN))));
        }
        lines.add(Text.of("cli.crossval.files", result.folder(), result.bundle()));
        StringBuilder out = new StringBuilder(table.format(terminal.resultColumns(), terminal.unicode())).append('\n');
        lines.forEach(line -> out.append('\n').append(Wrap.words(line.in(language), terminal.resultColumns())));
        return out.toString();
    }

    private static Text estimate(String name, Estimate estimate) {
        return Text.of(
                "cli.crossval.estimate",
                name,
                decimals(estimate.mean()),
                decimals(estimate.std()),
                decimals(estimate.mean() - estimate.half()),
                decimals(estimate.mean() + estimate.half()));
    }

    private static String decimals(double value) {
        return Double.isNaN(value) ? "n/a" : String.format(Locale.ROOT, "%.4f", value);
    }
}
