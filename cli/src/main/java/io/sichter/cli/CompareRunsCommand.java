package io.sichter.cli;

import io.sichter.cli.TextTable.Column;
import io.sichter.error.Problem;
import io.sichter.error.UsageException;
import io.sichter.run.RunComparison;
import io.sichter.run.RunComparison.Difference;
import io.sichter.run.RunDirectory;
import io.sichter.run.RunSummary;
import io.sichter.text.Text;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Says in what runs differ. */
@Command(name = "compare-runs")
final class CompareRunsCommand implements Callable<Integer> {
    private final SichterCommand program;

    @Parameters(arity = "1..*", paramLabel = "RUN", descriptionKey = "runs")
    private List<String> runs = List.of();

    @Mixin
    private RunsDirOption runsDir = new RunsDirOption();

    @Option(names = "--json")
    private boolean json;

    CompareRunsCommand(SichterCommand program) {
        this.program = program;
    }

    @Override
    public Integer call() {
        if (runs.size() < 2) {
            throw new UsageException(Problem.of("cli.compare_runs.few", runs.get(0)));
        }
        Terminal terminal = program.terminal();
        RunComparison comparison = RunComparison.of(runs.stream()
                .map(run -> RunDirectory.open(runsDir.find(run, terminal)))
                .toList());
        terminal.result(json ? Json.write(json(comparison, terminal)) : text(comparison, terminal));
        return 0;
    }

    private static String text(RunComparison comparison, Terminal terminal) {
        List<Column> columns = new ArrayList<>(List.of(Column.words("", 12, 0)));
        comparison.runs().forEach(run -> columns.add(Column.words(run.name(), 8, 0)));
        TextTable table = new TextTable(columns);
        for (Difference difference : comparison.differences()) {
            table.row(row(difference.key(), difference.values()));
        }
        table.row(row(say("cli.compare_runs.status", terminal), values(comparison, RunSummary::status)));
        table.row(row(
                say("cli.compare_runs.epochs", terminal),
                values(comparison, run -> run.epochsDone() + "/" + run.epochsPlanned())));
        table.row(row(say("cli.compare_runs.best", terminal), values(comparison, run -> run.best()
                .map(best -> "" + best.epoch())
                .orElse("-"))));
        for (String metric : comparison.metrics()) {
            table.row(row(metric, values(comparison, run -> EvaluateOutput.number(run.value(metric)))));
        }
        String words = table.format(terminal.resultColumns(), terminal.unicode());
        return comparison
                .advice()
                .map(advice -> words + "\n\n" + Wrap.words(advice.in(terminal.language()), terminal.resultColumns()))
                .orElse(words);
    }

    private static List<String> values(
            RunComparison comparison, java.util.function.Function<RunSummary, String> value) {
        return comparison.runs().stream().map(value).toList();
    }

    private static List<String> row(String name, List<String> values) {
        List<String> row = new ArrayList<>(List.of(name));
        row.addAll(values);
        return row;
    }

    private static String say(String key, Terminal terminal) {
        return Text.of(key).in(terminal.language());
    }

    private static Map<String, Object> json(RunComparison comparison, Terminal terminal) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put(
                "runs",
                comparison.runs().stream().map(run -> json(run, comparison)).toList());
        json.put("differences", comparison.differences());
        json.put("causes", comparison.causes());
        json.put(
                "advice",
                comparison.advice().map(a -> a.in(terminal.language())).orElse(null));
        return json;
    }

    private static Map<String, Object> json(RunSummary run, RunComparison comparison) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("run", run.path().toString());
        json.put("status", run.status());
        json.put("epochs", run.epochsDone());
        json.put("best_epoch", run.best().map(best -> (Object) best.epoch()).orElse(null));
        comparison.metrics().forEach(metric -> json.put(metric, Json.number(run.value(metric))));
        return json;
    }
}
