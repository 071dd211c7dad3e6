package io.sichter.cli;

import io.sichter.dataset.DataFolder;
import io.sichter.error.Problem;
import io.sichter.error.UsageException;
import io.sichter.evaluate.Evaluation;
import io.sichter.evaluate.EvaluationOptions;
import io.sichter.evaluate.EvaluationResult;
import io.sichter.evaluate.PublishedModel;
import io.sichter.evaluate.QualityGate;
import io.sichter.registry.Suggestion;
import io.sichter.report.Plots;
import io.sichter.run.RunDirectory;
import io.sichter.text.Text;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
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

    @Mixin
    private TtaOptions tta = new TtaOptions();

    @Option(names = "--slices", paramLabel = "NAMES", split = ",")
    private List<String> slices = List.of();

    @Option(names = "--min-accuracy", paramLabel = "X")
    private @Nullable Double minAccuracy;

    @Option(names = "--min", paramLabel = "METRIC=X")
    private List<String> minima = List.of();

    @Option(names = "--max", paramLabel = "METRIC=X")
    private List<String> maxima = List.of();

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
        EvaluationResult result = evaluate(options(), new EvaluationProgress(terminal, progress), terminal);
        terminal.result(
                json
                        ? Json.write(EvaluateOutput.json(result, terminal.language()))
                        : EvaluateOutput.text(result, terminal));
        int code = 0;
        if (!result.unreadable().isEmpty()) {
            terminal.error(EvaluateOutput.unreadable(result));
            code = Failures.DATA;
        }
        if (result.findings().gates().stream().anyMatch(gate -> !gate.passed())) {
            terminal.error(EvaluateOutput.missed(result));
            code = Failures.GATE;
        }
        return code;
    }

    private EvaluationOptions options() {
        List<QualityGate> gates = new ArrayList<>();
        if (minAccuracy != null) {
            gates.add(QualityGate.parse("accuracy=" + minAccuracy, true));
        }
        minima.forEach(text -> gates.add(QualityGate.parse(text, true)));
        maxima.forEach(text -> gates.add(QualityGate.parse(text, false)));
        return new EvaluationOptions(split, slices, tta.get(), gates);
    }

    private EvaluationResult evaluate(EvaluationOptions options, EvaluationProgress progress, Terminal terminal) {
        if (published.given() && paths.size() > 1) {
            throw new UsageException(Problem.of("cli.published"));
        }
        Optional<PublishedModel> network = published.model(terminal);
        if (network.isPresent()) {
            return Evaluation.ofPublished(network.get(), Path.of(paths.get(0)), options, progress);
        }
        Path run = runsDir.find(paths.get(0), terminal);
        EvaluationResult result = Evaluation.of(run, data(), options, progress);
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
