package io.sichter.cli;

import io.sichter.cli.TextTable.Column;
import io.sichter.evaluate.Findings;
import io.sichter.evaluate.Findings.ConfusedPair;
import io.sichter.evaluate.QualityGate;
import io.sichter.evaluate.ViewGain;
import io.sichter.metric.Figures.Figure;
import io.sichter.metric.Slices.Slice;
import io.sichter.text.Text;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What an evaluation found beyond its main figures: tables below them, or further keys of the JSON object. */
final class FindingsOutput {
    /** Figures that a person looks at first; all others are in the JSON. */
    private static final List<String> SHOWN = List.of(
            "accuracy",
            "top_3",
            "top_5",
            "balanced_accuracy",
            "f1_macro",
            "f1_weighted",
            "cohen_kappa",
            "mcc",
            "roc_auc_macro",
            "pr_auc_macro",
            "log_loss",
            "brier",
            "ece");

    private static final int PAIRS = 5;

    private FindingsOutput() {}

    /** Begins with two line ends. */
    static String text(Findings findings, Terminal terminal) {
        StringBuilder text = new StringBuilder();
        append(text, figures(findings, terminal));
        findings.tta()
                .map(FindingsOutput::said)
                .ifPresent(gain -> append(text, Wrap.words(gain.in(terminal.language()), terminal.resultColumns())));
        if (!findings.confused().isEmpty()) {
            append(text, confused(findings, terminal));
        }
        if (!findings.slices().isEmpty()) {
            append(text, slices(findings, terminal));
        }
        return text.toString();
    }

    private static Text said(ViewGain gain) {
        return Text.of(
                "cli.evaluate.tta",
                gain.views(),
                EvaluateOutput.number((double) gain.before() / gain.samples()),
                EvaluateOutput.number((double) gain.after() / gain.samples()));
    }

    private static void append(StringBuilder text, String part) {
        text.append("\n\n").append(part);
    }

    private static String figures(Findings findings, Terminal terminal) {
        TextTable table = new TextTable(List.of(
                Column.words(say("cli.evaluate.figure", terminal), 12, 0),
                Column.number(say("cli.evaluate.value", terminal), 0),
                Column.number(say("cli.evaluate.low", terminal), 1),
                Column.number(say("cli.evaluate.high", terminal), 1)));
        for (String name : SHOWN) {
            Optional<Figure> figure = findings.figures().find(name);
            figure.ifPresent(f -> table.row(List.of(
                    name,
                    EvaluateOutput.number(f.value()),
                    EvaluateOutput.number(f.low()),
                    EvaluateOutput.number(f.high()))));
        }
        return table(table, terminal);
    }

    private static String confused(Findings findings, Terminal terminal) {
        TextTable table = new TextTable(List.of(
                Column.words(say("cli.evaluate.confused", terminal), 10, 0),
                Column.words(say("cli.evaluate.taken_for", terminal), 10, 0),
                Column.number(say("cli.evaluate.samples", terminal), 0),
                Column.number(say("cli.evaluate.share", terminal), 1)));
        for (ConfusedPair pair : findings.confused()
                .subList(0, Math.min(PAIRS, findings.confused().size()))) {
            table.row(List.of(
                    pair.truth(),
                    pair.prediction(),
                    Long.toString(pair.count()),
                    String.format(Locale.ROOT, "%.1f %%", 100 * pair.share())));
        }
        return table(table, terminal);
    }

    private static String slices(Findings findings, Terminal terminal) {
        TextTable table = new TextTable(List.of(
                Column.words(say("cli.evaluate.slice", terminal), 8, 0),
                Column.words(say("cli.evaluate.value", terminal), 8, 0),
                Column.number(say("cli.evaluate.samples", terminal), 2),
                Column.number("accuracy", 0),
                Column.number(say("cli.evaluate.low", terminal), 1),
                Column.number(say("cli.evaluate.high", terminal), 1),
                Column.number("f1_macro", 3)));
        for (Slice slice : findings.slices()) {
            table.row(List.of(
                    slice.property(),
                    slice.value(),
                    Long.toString(slice.samples()),
                    EvaluateOutput.number(slice.accuracy()),
                    EvaluateOutput.number(slice.low()),
                    EvaluateOutput.number(slice.high()),
                    EvaluateOutput.number(slice.f1Macro())));
        }
        return table(table, terminal);
    }

    private static String table(TextTable table, Terminal terminal) {
        return table.format(terminal.resultColumns(), terminal.unicode());
    }

    private static String say(String key, Terminal terminal) {
        return Text.of(key).in(terminal.language());
    }

    /** Adds its keys. */
    static void addTo(Map<String, Object> json, Findings findings) {
        Map<String, Object> metrics = new LinkedHashMap<>();
        for (Figure figure : findings.figures().all()) {
            Map<String, Object> values = new LinkedHashMap<>();
            values.put("value", Json.number(figure.value()));
            values.put("low", Json.number(figure.low()));
            values.put("high", Json.number(figure.high()));
            metrics.put(figure.name(), values);
        }
        json.put("metrics", metrics);
        json.put("replicates", findings.figures().replicates());
        json.put("confused", findings.confused());
        json.put("worst_classes", findings.worst());
        json.put("tta", findings.tta().map(FindingsOutput::json).orElse(null));
        json.put("slices", findings.slices().stream().map(FindingsOutput::json).toList());
        json.put("gates", findings.gates().stream().map(FindingsOutput::json).toList());
    }

    private static Map<String, Object> json(ViewGain gain) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("views", gain.views());
        json.put("accuracy_before", Json.number((double) gain.before() / gain.samples()));
        json.put("accuracy_after", Json.number((double) gain.after() / gain.samples()));
        json.put("rescued", gain.rescued());
        json.put("hidden_by_crop", gain.hidden());
        return json;
    }

    private static Map<String, Object> json(Slice slice) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("property", slice.property());
        json.put("value", slice.value());
        json.put("samples", slice.samples());
        json.put("accuracy", Json.number(slice.accuracy()));
        json.put("low", Json.number(slice.low()));
        json.put("high", Json.number(slice.high()));
        json.put("f1_macro", Json.number(slice.f1Macro()));
        return json;
    }

    private static Map<String, Object> json(QualityGate.Outcome outcome) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("metric", outcome.gate().metric());
        json.put(
                outcome.gate().isMinimum() ? "at_least" : "at_most",
                outcome.gate().bound());
        json.put("value", Json.number(outcome.value()));
        json.put("passed", outcome.passed());
        return json;
    }
}
