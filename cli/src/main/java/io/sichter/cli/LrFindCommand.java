package io.sichter.cli;

import io.sichter.config.RunConfig;
import io.sichter.error.Problem;
import io.sichter.error.UsageException;
import io.sichter.storage.DurableFiles;
import io.sichter.text.Text;
import io.sichter.train.LrFinder;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Looks for a learning rate by a mock training with a rising one. */
@Command(name = "lr-find")
final class LrFindCommand implements Callable<Integer> {
    private static final int FEWEST_STEPS = 20;

    private final SichterCommand program;

    @Mixin
    private RunOptions options = new RunOptions();

    @Option(names = "--start-lr", paramLabel = "X")
    private double first = 1e-7;

    @Option(names = "--end-lr", paramLabel = "X")
    private double last = 10;

    @Option(names = "--steps", paramLabel = "N")
    private int steps = 100;

    @Option(names = "--output", paramLabel = "FILE")
    private @Nullable Path output;

    @Option(names = "--json")
    private boolean json;

    @Parameters(arity = "0..*", paramLabel = "DATA|key=value", descriptionKey = "data")
    private List<String> arguments = List.of();

    LrFindCommand(SichterCommand program) {
        this.program = program;
    }

    @Override
    public Integer call() {
        RunConfig config = options.resolve(TrainCommand.layers(arguments));
        if (config.data().path().isEmpty()) {
            throw new UsageException(Problem.of("cli.train.no_data"));
        }
        if (!(first > 0 && first < last && Double.isFinite(last)) || steps < FEWEST_STEPS) {
            throw new UsageException(Problem.of("cli.lr_find.range", first, last, steps, FEWEST_STEPS));
        }
        Terminal terminal = program.terminal();
        TrainProgress events = new TrainProgress(terminal, program.verbose(), System::nanoTime);
        CountProgress progress = new CountProgress(terminal, Text.of("cli.lr_find.progress"), System::nanoTime);
        try (StopOnSignal signals = new StopOnSignal(terminal)) {
            LrFinder.Found found = new LrFinder(config, new LrFinder.Range(first, last, steps))
                    .run(signals.stop(), events, progress::update);
            Path file = output;
            if (file != null) {
                DurableFiles.write(file, LrFindOutput.csv(found));
            }
            terminal.result(
                    json
                            ? Json.write(LrFindOutput.json(found))
                            : LrFindOutput.text(found, terminal.unicode()).in(terminal.language()));
        }
        return 0;
    }
}
