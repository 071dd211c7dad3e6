package io.sichter.cli;

import io.sichter.error.Problem;
import io.sichter.error.UsageException;
import io.sichter.evaluate.Evaluation;
import io.sichter.evaluate.EvaluationResult;
import io.sichter.registry.Suggestion;
import io.sichter.report.Plots;
import io.sichter.run.RunDirectory;
import io.sichter.text.Text;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Measures a trained network. */
@Command(name = "evaluate")
final class EvaluateCommand implements Callable<Integer> {
    private static final List<String> SPLITS = List.of("auto", "val", "test", "train", "all");

    private final SichterCommand program;

    @Parameters(index = "0", paramLabel = "RUN", descriptionKey = "run")
    private Path run = Path.of("");

    @Parameters(index = "1", arity = "0..1", paramLabel = "DATA", descriptionKey = "data")
    private @Nullable Path data;

    @Option(names = "--split", paramLabel = "NAME")
    private String split = "auto";

    @Option(names = "--json")
    private boolean json;

    EvaluateCommand(SichterCommand program) {
        this.program = program;
    }

    @Override
    public Integer call() {
        if (!SPLITS.contains(split)) {
            throw new UsageException(new Problem(
                    Text.of("cli.evaluate.unknown_split"),
                    Text.verbatim(split),
                    Text.of("one_of", String.join(", ", SPLITS)),
                    Suggestion.orChoose(split, SPLITS)));
        }
        Terminal terminal = program.terminal();
        CountProgress progress = new CountProgress(terminal, Text.of("cli.evaluate.progress"), System::nanoTime);
        EvaluationResult result =
                Evaluation.of(run, Optional.ofNullable(data), split, new EvaluationProgress(terminal, progress));
        result.predictions().ifPresent(file -> draw(file, terminal));
        Locale language = terminal.language();
        terminal.result(
                json ? Json.write(EvaluateOutput.json(result, language)) : EvaluateOutput.text(result, language));
        if (result.unreadable().isEmpty()) {
            return 0;
        }
        terminal.error(EvaluateOutput.unreadable(result));
        return Failures.DATA;
    }

    private void draw(Path predictions, Terminal terminal) {
        RunDirectory directory = RunDirectory.open(run);
        String file = predictions.getFileName().toString();
        Plots.Drawn drawn = new Plots(terminal.language())
                .drawEvaluation(
                        directory,
                        file.substring(0, file.lastIndexOf('.')),
                        data == null ? Plots.pictures(directory) : data);
        terminal.message(Text.of("cli.predictions.file", predictions).in(terminal.language()));
        PlotsCommand.report(drawn, terminal);
    }
}
