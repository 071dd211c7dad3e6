package io.sichter.cli;

import io.sichter.error.Problem;
import io.sichter.error.UsageException;
import io.sichter.report.Plots;
import io.sichter.train.ResumeOptions;
import io.sichter.train.TrainResult;
import io.sichter.train.Training;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Continues a run from its last checkpoint. */
@Command(name = "resume")
final class ResumeCommand implements Callable<Integer> {
    private final SichterCommand program;

    @Parameters(paramLabel = "RUN", descriptionKey = "run")
    private Path run = Path.of("");

    @Option(names = "--epochs", paramLabel = "N")
    private @Nullable Integer epochs;

    @Option(names = "--replan")
    private boolean replan;

    @Option(names = "--json")
    private boolean json;

    ResumeCommand(SichterCommand program) {
        this.program = program;
    }

    @Override
    public Integer call() {
        if (epochs != null && epochs < 1) {
            throw new UsageException(Problem.of("cli.at_least_one", "--epochs", epochs));
        }
        Terminal terminal = program.terminal();
        boolean verbose = program.verbose();
        TrainProgress progress = new TrainProgress(terminal, verbose, System::nanoTime);
        ResumeOptions options =
                new ResumeOptions(epochs == null ? OptionalInt.empty() : OptionalInt.of(epochs), replan);
        try (StopOnSignal signals = new StopOnSignal(terminal)) {
            TrainResult result =
                    Training.resume(run, options, signals.stop(), List.of(progress), new Plots(terminal.language()));
            TrainOutput.print(terminal, result, progress, json);
        }
        return 0;
    }
}
