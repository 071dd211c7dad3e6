package io.sichter.cli;

import io.sichter.error.Problem;
import io.sichter.error.StorageException;
import io.sichter.report.Plots;
import io.sichter.run.RunDirectory;
import io.sichter.text.Text;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Draws the pictures of a run again. */
@Command(name = "plots")
final class PlotsCommand implements Callable<Integer> {
    private final SichterCommand program;

    @Parameters(paramLabel = "RUN", descriptionKey = "run")
    private Path run = Path.of("");

    @Option(names = "--json")
    private boolean json;

    PlotsCommand(SichterCommand program) {
        this.program = program;
    }

    @Override
    public Integer call() {
        Terminal terminal = program.terminal();
        Plots.Drawn drawn = new Plots(terminal.language()).draw(RunDirectory.open(run));
        notes(drawn, terminal);
        if (drawn.files().isEmpty()) {
            throw new StorageException(Problem.of("cli.plots.nothing", run));
        }
        List<String> files = drawn.files().stream().map(Path::toString).toList();
        if (json) {
            Map<String, Object> object = new LinkedHashMap<>();
            object.put("run", run.toString());
            object.put("files", files);
            terminal.result(Json.write(object));
        } else {
            terminal.result(String.join("\n", files));
        }
        return 0;
    }

    /** Says which pictures were drawn, and which could not be. */
    static void report(Plots.Drawn drawn, Terminal terminal) {
        drawn.files().stream()
                .filter(file -> file.toString().endsWith(".png"))
                .forEach(file -> terminal.message(Text.of("cli.picture", file).in(terminal.language())));
        notes(drawn, terminal);
    }

    private static void notes(Plots.Drawn drawn, Terminal terminal) {
        drawn.advice()
                .forEach(text -> terminal.message(Text.of("cli.note", text).in(terminal.language())));
    }
}
