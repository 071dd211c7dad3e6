package io.sichter.cli;

import io.sichter.error.UsageException;
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
@Command(name = "resume", footer = "Example: sichter resume runs/resnet18")
final class ResumeCommand implements Callable<Integer> {
    private final SichterCommand program;

    @Parameters(paramLabel = "RUN", description = "The run directory.")
    private Path run = Path.of("");

    @Option(names = "--epochs", paramLabel = "N", description = "Train until so many epochs are done.")
    private @Nullable Integer epochs;

    @Option(names = "--replan", description = "Lay the learning rate's schedule anew over the epochs that are left.")
    private boolean replan;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    ResumeCommand(SichterCommand program) {
        this.program = program;
    }

    @Override
    public Integer call() {
        if (epochs != null && epochs < 1) {
            throw new UsageException(
                    "--epochs is out of range", epochs.toString(), "a whole number, at least 1", "Change the value");
        }
        Terminal terminal = program.terminal();
        boolean verbose = program.verbose();
        TrainProgress progress = new TrainProgress(terminal, verbose, System::nanoTime);
        ResumeOptions options =
                new ResumeOptions(epochs == null ? OptionalInt.empty() : OptionalInt.of(epochs), replan);
        try (StopOnSignal signals = new StopOnSignal(terminal)) {
            TrainResult result = Training.resume(run, options, signals.stop(), List.of(progress));
            TrainOutput.print(terminal, result, progress, json);
        }
        return 0;
    }
}
