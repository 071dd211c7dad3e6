package io.sichter.cli;

import io.sichter.cli.TextTable.Column;
import io.sichter.config.ConfigRules;
import io.sichter.config.DataConfig;
import io.sichter.config.Decisions;
import io.sichter.config.RunConfig;
import io.sichter.config.TrainStage;
import io.sichter.dataset.DataFolder;
import io.sichter.dataset.Partition;
import io.sichter.dataset.SplitPlan;
import io.sichter.text.Text;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What {@code train --explain} prints: what would happen, and who has decided each part of it. */
final class ExplainOutput {
    /** Columns of a value; a list of transforms is read with {@code sichter config}. */
    private static final int WIDEST = 48;

    private final Decisions decisions;
    private final Terminal terminal;

    ExplainOutput(Decisions decisions, Terminal terminal) {
        this.decisions = decisions;
        this.terminal = terminal;
    }

    void print(boolean json) {
        List<Text> plan = plan();
        List<Text> advice = ConfigRules.advice(decisions.config());
        terminal.result(json ? Json.write(json(plan, advice)) : text(plan, advice));
    }

    /** The way of the pictures, counted by their names alone: none is opened. */
    private List<Text> plan() {
        RunConfig config = decisions.config();
        DataConfig data = config.data();
        DataFolder folder = DataFolder.open(Path.of(data.path())).withClasses(config.classes());
        Partition parts = new SplitPlan(data, config.seed(), config.runtime().threads())
                .apply(folder, (done, total) -> {})
                .partition();
        List<Text> plan = new ArrayList<>();
        plan.add(Text.of(
                "cli.explain.data",
                folder.root(),
                folder.classes().size(),
                parts.train().size(),
                parts.validation().size(),
                parts.test().size()));
        plan.add(Text.of(
                "cli.explain.model",
                config.model().name(),
                config.model().imageSize(),
                config.model().hasWeights() ? config.model().weights() : Text.of("cli.explain.fresh")));
        config.stages()
                .forEach(stage -> plan.add(stage(stage, config, parts.train().size())));
        plan.add(Text.of("cli.explain.best", config.train().monitor()));
        return plan;
    }

    private static Text stage(TrainStage stage, RunConfig config, int pictures) {
        int batch = stage.batch() == 0 ? config.loader().batchSize() : stage.batch();
        int steps = (pictures + batch - 1) / batch;
        int accumulate = config.train().accumulate();
        long updates = (long) stage.epochs() * ((steps + accumulate - 1) / accumulate);
        return Text.of(
                "cli.explain.stage",
                stage.epochs(),
                steps,
                batch,
                stage.size(),
                updates,
                config.optimizer().name(),
                number(stage.lr() == 0 ? config.optimizer().lr() : stage.lr()),
                stage.schedule().isEmpty() ? config.schedule().name() : stage.schedule(),
                config.loss().name());
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.3g", value)
                .replaceAll("(\\.\\d*?)0+$", "$1")
                .replaceAll("\\.$", "");
    }

    private String text(List<Text> plan, List<Text> advice) {
        Locale language = terminal.language();
        TextTable table = new TextTable(List.of(
                Column.words(Text.of("cli.explain.key").in(language), 12, 0),
                Column.words(Text.of("cli.explain.value").in(language), 16, 0),
                Column.words(Text.of("cli.explain.by").in(language), 12, 0)));
        decisions.shown().forEach(d -> table.row(row(d)));
        StringBuilder out = new StringBuilder();
        plan.forEach(line -> out.append(Wrap.words(line.in(language), terminal.resultColumns()))
                .append('\n'));
        out.append('\n')
                .append(table.format(terminal.resultColumns(), terminal.unicode()))
                .append('\n');
        advice.forEach(text ->
                out.append('\n').append(Wrap.words(Text.of("cli.note", text).in(language), terminal.resultColumns())));
        return out.append('\n')
                .append(Text.of("cli.explain.nothing_done").in(language))
                .toString();
    }

    private List<String> row(Decisions.Decision decision) {
        String value = DisplayWidth.cut(decision.value(), WIDEST, terminal.unicode());
        return List.of(decision.key(), value, by(decision).in(terminal.language()));
    }

    private static Text by(Decisions.Decision decision) {
        return decision.byDefault() ? Text.of("cli.explain.default") : decision.by();
    }

    private Map<String, Object> json(List<Text> plan, List<Text> advice) {
        Locale language = terminal.language();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("plan", plan.stream().map(text -> text.in(language)).toList());
        json.put(
                "decisions",
                decisions.keys().stream()
                        .map(d -> {
                            Map<String, Object> entry = new LinkedHashMap<>();
                            entry.put("key", d.key());
                            entry.put("value", d.value());
                            entry.put("by", d.byDefault() ? "default" : d.by().in(language));
                            return entry;
                        })
                        .toList());
        json.put("advice", advice.stream().map(text -> text.in(language)).toList());
        return json;
    }
}
