package io.sichter.cli;

import io.sichter.error.Problem;
import io.sichter.error.SichterException;
import io.sichter.error.UsageException;
import io.sichter.search.Reproduction;
import io.sichter.search.ReproductionResult;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Repeats a run and says whether it became the same. */
@Command(name = "repro")
final class ReproCommand implements Callable<Integer> {
    private final SichterCommand program;

    @Parameters(arity = "1..2", paramLabel = "RUN [DATA]", descriptionKey = "paths")
    private List<String> paths = List.of();

    @Mixin
    private RunsDirOption runsDir = new RunsDirOption();

    @Option(names = "--epochs", paramLabel = "N")
    private @Nullable Integer epochs;

    @Option(names = "--keep")
    private boolean keep;

    @Option(names = "--json")
    private boolean json;

    ReproCommand(SichterCommand program) {
        this.program = program;
    }

    @Override
    public Integer call() {
        if (epochs != null && epochs < 1) {
            throw new UsageException(Problem.of("cli.at_least_one", "--epochs", epochs));
        }
        Terminal terminal = program.terminal();
        Reproduction.Options options = new Reproduction.Options(
                paths.size() > 1 ? Optional.of(Path.of(paths.get(1))) : Optional.empty(),
                epochs == null ? OptionalInt.empty() : OptionalInt.of(epochs),
                keep);
        Reproduction reproduction = new Reproduction(runsDir.find(paths.get(0), terminal), options);
        TrainProgress progress = new TrainProgress(terminal, program.verbose(), System::nanoTime);
        try (StopOnSignal signals = new StopOnSignal(terminal)) {
            ReproductionResult result = reproduction.repeat(signals.stop(), List.of(progress));
            if (json) {
                terminal.result(Json.write(ReproOutput.json(result, terminal.language())));
            } else if (result.equal()) {
                terminal.result(Wrap.words(ReproOutput.text(result).in(terminal.language()), terminal.resultColumns()));
            }
            Optional<SichterException> failure = result.failure();
            failure.ifPresent(found -> terminal.error(found.problem()));
            return failure.map(SichterException::exitCode).orElse(0);
        }
    }
}
