package io.sichter.cli;

import io.sichter.dataset.DataFolder;
import io.sichter.error.Problem;
import io.sichter.error.UsageException;
import io.sichter.evaluate.Evaluation;
import io.sichter.evaluate.EvaluationResult;
import io.sichter.evaluate.PublishedModel;
import io.sichter.registry.Suggestion;
import io.sichter.report.Plots;
import io.sichter.run.RunDirectory;
import io.sichter.text.Text;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Measures a trained network. */
@Command(name = "evaluate")
final class EvaluateCommand implements Callable<Integer> {
    private static final List<String> SPLITS = List.of("auto", "val", "test", "train", "all");

    private final SichterCommand program;

    @Parameters(arity = "1..2", paramLabel = "RUN [DATA]", descriptionKey = "paths")
    private List<String> paths = List.of();

    @Mixin
    private RunsDirOption runsDir = new RunsDirOption();

    @Mixin
    private PublishedOptions published = new PublishedOptions();

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
        EvaluationResult result = evaluate(new EvaluationProgress(terminal, progress), terminal);
        terminal.result(
                json
                        ? Json.write(EvaluateOutput.json(result, terminal.language()))
                        : EvaluateOutput.text(result, terminal));
        if (result.unreadable().isEmpty()) {
            return 0;
        }
        terminal.error(EvaluateOutput.unreadable(result));
        return Failures.DATA;
    }

    private EvaluationResult evaluate(EvaluationProgress progress, Terminal terminal) {
        if (published.given() && paths.size() > 1) {
            throw new UsageException(Problem.of("cli.published"));
        }
        Optional<PublishedModel> network = published.model(terminal);
        if (network.isPresent()) {
            return Evaluation.ofPublished(network.get(), Path.of(paths.get(0)), split, progress);
        }
        Path run = runsDir.find(paths.get(0), terminal);
        EvaluationResult result = Evaluation.of(run, data(), split, progress);
        result.predictions().ifPresent(file -> draw(RunDirectory.open(run), file, terminal));
        return result;
    }

    private Optional<Path> data() {
        return paths.stream().skip(1).findFirst().map(Path::of);
    }

    private void draw(RunDirectory directory, Path predictions, Terminal terminal) {
        String file = predictions.getFileName().toString();
        Plots.Drawn drawn = new Plots(terminal.language())
                .drawEvaluation(
                        directory,
                        file.substring(0, file.lastIndexOf('.')),
                        data().map(DataFolder::rootOf).orElseGet(() -> Plots.pictures(directory)));
        terminal.message(Text.of("cli.predictions.file", predictions).in(terminal.language()));
        PlotsCommand.report(drawn, terminal);
    }
}
