package io.sichter.cli;

import io.sichter.error.UsageException;
import io.sichter.evaluate.Evaluation;
import io.sichter.evaluate.EvaluationResult;
import io.sichter.registry.Suggestion;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Measures a trained network. */
@Command(
        name = "evaluate",
        footer = {
            "Without DATA: the run's own validation split. With DATA: the test split of a split folder (else val),",
            "all pictures of a flat one. --split decides otherwise.",
            "Example: sichter evaluate runs/resnet18 photos --split test"
        })
final class EvaluateCommand implements Callable<Integer> {
    private static final List<String> SPLITS = List.of("auto", "val", "test", "train", "all");

    private final SichterCommand program;

    @Parameters(index = "0", paramLabel = "RUN", description = "The run directory, or its bundle.")
    private Path run = Path.of("");

    @Parameters(index = "1", arity = "0..1", paramLabel = "DATA", description = "A folder of pictures.")
    private @Nullable Path data;

    @Option(names = "--split", paramLabel = "NAME", description = "val, test, train or all.")
    private String split = "auto";

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    EvaluateCommand(SichterCommand program) {
        this.program = program;
    }

    @Override
    public Integer call() {
        if (!SPLITS.contains(split)) {
            String suggestion = Suggestion.didYouMean(split, SPLITS);
            throw new UsageException(
                    "Unknown split",
                    split,
                    "one of " + String.join(", ", SPLITS),
                    suggestion.isEmpty() ? "Choose one of the names above" : suggestion);
        }
        Terminal terminal = program.terminal();
        CountProgress progress = new CountProgress(terminal, "Evaluating", System::nanoTime);
        EvaluationResult result = Evaluation.of(run, Optional.ofNullable(data), split, progress::update);
        terminal.result(json ? Json.write(EvaluateOutput.json(result)) : EvaluateOutput.text(result));
        if (result.unreadable().isEmpty()) {
            return 0;
        }
        terminal.error(EvaluateOutput.unreadable(result).in(terminal.language()));
        return Failures.DATA;
    }
}
