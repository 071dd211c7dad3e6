package io.sichter.cli;

import io.sichter.error.Problem;
import io.sichter.error.UsageException;
import io.sichter.registry.Suggestion;
import io.sichter.run.RunDirectory;
import io.sichter.run.RunSummary;
import io.sichter.text.Text;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lists the runs, deletes some, and keeps a note with one. */
@Command(name = "runs")
final class RunsCommand implements Callable<Integer> {
    private final SichterCommand program;

    @Mixin
    private RunsDirOption runsDir = new RunsDirOption();

    @Option(names = "--sort", paramLabel = "KEY")
    private String sort = "time";

    @Option(names = "--json")
    private boolean json;

    RunsCommand(SichterCommand program) {
        this.program = program;
    }

    @Override
    public Integer call() {
        List<String> keys = List.copyOf(RunsOutput.ORDERS.keySet());
        if (!keys.contains(sort)) {
            throw new UsageException(
                    Problem.of("runs.sort", sort, String.join(", ", keys), Suggestion.orChoose(sort, keys)));
        }
        Terminal terminal = program.terminal();
        List<RunSummary> runs = RunsOutput.sorted(runsDir.folder().runs(), sort);
        if (json) {
            terminal.result(Json.write(RunsOutput.json(runsDir.folder(), runs)));
        } else if (runs.isEmpty()) {
            say(Text.of("runs.none", runsDir.folder().path()));
        } else {
            terminal.result(RunsOutput.table(runs, terminal));
            if (sort.equals("metric")
                    && runs.stream().map(RunSummary::monitor).distinct().count() > 1) {
                say(Text.of("runs.metrics_differ"));
            }
        }
        return 0;
    }

    @Command(name = "rm")
    int remove(
            @Parameters(paramLabel = "RUN", arity = "1..*", descriptionKey = "run") List<String> words,
            @Mixin RunsDirOption where,
            @Option(names = "--yes") boolean yes,
            @Option(names = "--json") boolean asJson) {
        Terminal terminal = program.terminal();
        Set<Path> paths = new LinkedHashSet<>();
        words.forEach(word -> paths.add(where.find(word, terminal)));
        List<RunDirectory> runs = paths.stream().map(RunDirectory::open).toList();
        runs.forEach(run -> run.lock().close()); // all or none: nothing is deleted where one is in use
        if (!yes && !confirmed(runs)) {
            say(Text.of("runs.rm.kept"));
            return 0;
        }
        runs.forEach(RunDirectory::delete);
        List<String> names = runs.stream().map(run -> run.path().toString()).toList();
        terminal.result(
                asJson
                        ? Json.write(Map.of("removed", names))
                        : Text.of("runs.rm.done", String.join(", ", names)).in(terminal.language()));
        return 0;
    }

    @Command(name = "note")
    int note(
            @Parameters(index = "0", paramLabel = "RUN", descriptionKey = "run") String word,
            @Parameters(index = "1", paramLabel = "TEXT", descriptionKey = "text") String text,
            @Mixin RunsDirOption where,
            @Option(names = "--json") boolean asJson) {
        Terminal terminal = program.terminal();
        RunDirectory run = RunDirectory.open(where.find(word, terminal));
        run.note(text);
        if (asJson) {
            Map<String, Object> result = new LinkedHashMap<>();
            result.put("run", run.path().toString());
            result.put("note", run.note());
            terminal.result(Json.write(result));
        } else {
            terminal.result(run.path() + ": " + run.note());
        }
        return 0;
    }

    private boolean confirmed(List<RunDirectory> runs) {
        Terminal terminal = program.terminal();
        String names =
                String.join(", ", runs.stream().map(r -> r.path().toString()).toList());
        if (!terminal.canAsk()) {
            throw new UsageException(Problem.of("runs.rm.unasked", names));
        }
        for (RunDirectory run : runs) {
            RunSummary summary = RunSummary.of(run);
            say(Text.of(
                    "runs.rm.one",
                    run.path(),
                    summary.status(),
                    summary.epochsDone(),
                    summary.model(),
                    summary.note()));
        }
        return terminal.confirm(Text.of("runs.rm.ask", runs.size()));
    }

    private void say(Text text) {
        program.terminal().message(text);
    }
}
