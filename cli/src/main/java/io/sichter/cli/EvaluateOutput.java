package io.sichter.cli;

import io.sichter.cli.TextTable.Column;
import io.sichter.error.Problem;
import io.sichter.evaluate.EvaluationResult;
import io.sichter.evaluate.EvaluationResult.ClassResult;
import io.sichter.evaluate.QualityGate;
import io.sichter.evaluate.UnreadableFile;
import io.sichter.text.Text;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/** What an evaluation prints: a table of the classes, or one JSON object. */
final class EvaluateOutput {
    private static final int SHOWN = 20;

    /** Longer tables are read by programs. */
    private static final int MOST_ROWS = 40;

    /** The classes to look at first. */
    private static final Comparator<ClassResult> WORST = Comparator.comparingDouble(
                    (ClassResult c) -> c.recall().orElse(1))
            .thenComparingDouble(c -> c.f1().orElse(0))
            .thenComparing(Comparator.comparingLong(ClassResult::samples).reversed());

    private EvaluateOutput() {}

    static String text(EvaluationResult result, Terminal terminal) {
        Locale language = terminal.language();
        TextTable table = new TextTable(List.of(
                Column.words(Text.of("cli.evaluate.class").in(language), 12, 0),
                Column.number(Text.of("cli.evaluate.samples").in(language), 1),
                Column.number(Text.of("cli.evaluate.precision").in(language), 2),
                Column.number(Text.of("cli.evaluate.recall").in(language), 3),
                Column.number(Text.of("cli.evaluate.f1").in(language), 0)));
        List<ClassResult> present =
                result.classes().stream().filter(c -> c.samples() > 0).toList();
        int absent = result.classes().size() - present.size();
        boolean shortened = absent > SHOWN; // a few are shown: pictures of others may have been taken for them
        List<ClassResult> rows = shortened ? present : result.classes();
        boolean many = rows.size() > MOST_ROWS;
        for (ClassResult c : many ? rows.stream().sorted(WORST).limit(SHOWN).toList() : rows) {
            table.row(List.of(
                    c.name(), Long.toString(c.samples()), share(c.precision()), share(c.recall()), share(c.f1())));
        }
        Text judged = Text.of(
                "cli.evaluate.all",
                result.split(),
                result.samples(),
                decimals(result.accuracy()),
                decimals(result.f1Macro()),
                decimals(result.loss()));
        String rest = shortened ? "\n" + Text.of("cli.evaluate.absent", absent).in(language) : "";
        String worst = many
                ? "\n"
                        + Wrap.words(
                                Text.of("cli.evaluate.worst", SHOWN, rows.size())
                                        .in(language),
                                terminal.resultColumns())
                : "";
        return table.format(terminal.resultColumns(), terminal.unicode()) + worst + "\n\n"
                + Wrap.words(judged.in(language), terminal.resultColumns()) + rest
                + FindingsOutput.text(result.findings(), terminal);
    }

    static Map<String, Object> json(EvaluationResult result, Locale language) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("split", result.split());
        json.put("samples", result.samples());
        json.put("accuracy", Json.number(result.accuracy()));
        json.put("f1_macro", Json.number(result.f1Macro()));
        json.put("loss", Json.number(result.loss()));
        json.put("classes", result.classes().stream().map(EvaluateOutput::json).toList());
        json.put(
                "unreadable",
                result.unreadable().stream().map(f -> json(f, language)).toList());
        json.put("predictions", result.predictions().map(Path::toString).orElse(null));
        FindingsOutput.addTo(json, result.findings());
        return json;
    }

    private static Map<String, Object> json(ClassResult c) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("class", c.name());
        json.put("samples", c.samples());
        json.put("precision", Json.number(c.precision().orElse(Double.NaN)));
        json.put("recall", Json.number(c.recall().orElse(Double.NaN)));
        json.put("f1", Json.number(c.f1().orElse(Double.NaN)));
        return json;
    }

    private static Map<String, Object> json(UnreadableFile file, Locale language) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("file", file.file());
        json.put("error", file.reason().in(language));
        return json;
    }

    /** What to say about files that were left out. */
    static Problem unreadable(EvaluationResult result) {
        List<UnreadableFile> files = result.unreadable();
        List<Text> lines = new ArrayList<>(List.of(Text.empty())); // the list begins on a line of its own
        files.stream().limit(SHOWN).forEach(f -> lines.add(Text.of("about", f.file(), f.reason())));
        if (files.size() > SHOWN) {
            lines.add(Text.of("more", files.size() - SHOWN));
        }
        return Problem.of("cli.evaluate.unreadable", files.size(), Text.joined("\n", lines));
    }

    /** What to say about bounds that were not kept. */
    static Problem missed(EvaluationResult result) {
        List<Text> received = new ArrayList<>();
        List<Text> expected = new ArrayList<>();
        for (QualityGate.Outcome outcome : result.findings().gates()) {
            QualityGate gate = outcome.gate();
            if (!outcome.passed()) {
                received.add(Text.verbatim(gate.metric() + " " + number(outcome.value())));
                expected.add(Text.of(
                        gate.isMinimum() ? "cli.evaluate.at_least" : "cli.evaluate.at_most",
                        gate.metric(),
                        gate.bound()));
            }
        }
        return Problem.of("cli.evaluate.gate", Text.joined(", ", received), Text.joined(", ", expected));
    }

    private static String share(OptionalDouble value) {
        return value.isPresent() ? decimals(value.getAsDouble()) : "n/a";
    }

    /** Four decimals; n/a where there is no value. */
    static String number(double value) {
        return Double.isNaN(value) ? "n/a" : decimals(value);
    }

    private static String decimals(double value) {
        return String.format(Locale.ROOT, "%.4f", value);
    }
}
