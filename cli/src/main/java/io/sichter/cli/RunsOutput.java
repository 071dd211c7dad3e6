package io.sichter.cli;

import io.sichter.cli.TextTable.Column;
import io.sichter.cli.TextTable.Kind;
import io.sichter.run.Monitor;
import io.sichter.run.RunFolder;
import io.sichter.run.RunSummary;
import io.sichter.text.Text;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;

/** The list of runs: a table, or one JSON object. */
final class RunsOutput {
    /** Best of each metric first; runs without a value last. */
    private static final Comparator<RunSummary> BY_METRIC = Comparator.comparing(
                    (RunSummary run) -> run.best().isEmpty())
            .thenComparing(RunSummary::monitor)
            .thenComparing(run -> -new Monitor(run.monitor()).gain(run.value(run.monitor())))
            .thenComparing(run -> run.value("val_loss"));

    /** The words of {@code --sort}. */
    static final Map<String, Comparator<RunSummary>> ORDERS = orders();

    private RunsOutput() {}

    private static Map<String, Comparator<RunSummary>> orders() {
        Map<String, Comparator<RunSummary>> orders = new LinkedHashMap<>();
        orders.put("metric", BY_METRIC);
        orders.put("time", RunFolder.NEWEST_FIRST);
        orders.put("name", Comparator.comparing(RunSummary::name));
        return orders;
    }

    static List<RunSummary> sorted(List<RunSummary> runs, String order) {
        return runs.stream()
                .sorted(ORDERS.getOrDefault(order, RunFolder.NEWEST_FIRST))
                .toList();
    }

    static String table(List<RunSummary> runs, Terminal terminal) {
        UnaryOperator<String> head = name -> Text.of("runs.head." + name).in(terminal.language());
        TextTable table = new TextTable(List.of(
                Column.words(head.apply("run"), 12, 0),
                Column.words(head.apply("status"), 8, 0),
                Column.words(head.apply("model"), 10, 3),
                Column.number(head.apply("epochs"), 1),
                Column.number(head.apply("best"), 0),
                Column.words(head.apply("metric"), 12, 2),
                Column.words(head.apply("started"), 16, 5),
                Column.number(head.apply("time"), 4),
                new Column(head.apply("data"), Kind.PATH, 12, 6),
                Column.words(head.apply("note"), 14, 0)));
        for (RunSummary run : runs) {
            double value = run.value(run.monitor());
            table.row(List.of(
                    run.name(),
                    run.status(),
                    run.model(),
                    run.epochsDone() + "/" + (run.epochsPlanned() > 0 ? run.epochsPlanned() : "?"),
                    Double.isNaN(value) ? "n/a" : String.format(Locale.ROOT, "%.4f", value),
                    run.monitor(),
                    started(run.started()),
                    Double.isNaN(run.seconds()) ? "?" : ProgressLine.clock(run.seconds()),
                    run.data(),
                    run.note()));
        }
        return table.format(terminal.resultColumns(), terminal.unicode());
    }

    private static String started(Instant time) {
        return time.equals(Instant.EPOCH)
                ? "?"
                : DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT)
                        .withZone(ZoneId.systemDefault())
                        .format(time);
    }

    static Map<String, Object> json(RunFolder folder, List<RunSummary> runs) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("runs_dir", folder.path().toString());
        json.put("runs", runs.stream().map(RunsOutput::json).toList());
        return json;
    }

    private static Map<String, Object> json(RunSummary run) {
        Map<String, Object> best = new LinkedHashMap<>();
        run.best().ifPresent(epoch -> epoch.values().forEach((name, value) -> best.put(name, Json.number(value))));
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", run.name());
        json.put("path", run.path().toString());
        json.put("status", run.status());
        json.put("model", run.model());
        json.put("data", run.data());
        json.put("data_fingerprint", run.fingerprint());
        json.put("epochs", run.epochsDone());
        json.put("epochs_planned", run.epochsPlanned());
        json.put("monitor", run.monitor());
        json.put("best_epoch", run.best().map(epoch -> epoch.epoch()).orElse(0));
        json.put("best", best);
        json.put("started", run.started().toString());
        json.put("seconds", Json.number(run.seconds()));
        json.put("note", run.note());
        return json;
    }
}
