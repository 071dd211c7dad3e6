package io.sichter.cli;

import io.sichter.config.RunConfig;
import io.sichter.error.Problem;
import io.sichter.error.UsageException;
import io.sichter.report.ComparisonPlots;
import io.sichter.report.Plots;
import io.sichter.search.Comparison;
import io.sichter.search.ComparisonFiles;
import io.sichter.search.ComparisonPlan;
import io.sichter.search.ComparisonResult;
import io.sichter.search.Variation;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Trains rivals that differ in some keys, and says which is better and whether that is chance. */
@Command(name = "compare")
final class CompareCommand implements Callable<Integer> {
    private final SichterCommand program;

    @Mixin
    private RunOptions options = new RunOptions();

    @Option(names = "--vary", paramLabel = "KEY=A,B,...", required = true)
    private List<String> vary = List.of();

    @Option(names = "--seeds", paramLabel = "N")
    private int seeds = 1;

    @Option(names = "--tune-lr")
    private boolean tuneLr;

    @Option(names = "--warm-start", paramLabel = "NAME:EPOCHS[:LR]")
    private @Nullable String warmStart;

    @Option(names = "--start", paramLabel = "CHECKPOINT")
    private @Nullable Path start;

    @Option(names = "--json")
    private boolean json;

    @Parameters(arity = "0..*", paramLabel = "DATA|key=value", descriptionKey = "data")
    private List<String> arguments = List.of();

    CompareCommand(SichterCommand program) {
        this.program = program;
    }

    @Override
    public Integer call() {
        RunConfig config = options.resolve(TrainCommand.layers(arguments));
        if (config.data().path().isEmpty()) {
            throw new UsageException(Problem.of("cli.train.no_data"));
        }
        ComparisonPlan plan = new ComparisonPlan(
                config,
                vary.stream().map(Variation::parse).toList(),
                seeds,
                tuneLr,
                ComparisonPlan.start(warmStart, start));
        Terminal terminal = program.terminal();
        SearchProgress progress = new SearchProgress(terminal, program.verbose());
        try (StopOnSignal signals = new StopOnSignal(terminal)) {
            ComparisonResult result =
                    new Comparison(plan, signals.stop(), progress, new Plots(terminal.language())).run();
            List<Path> pictures = new ComparisonPlots(terminal.language()).draw(result.folder());
            terminal.result(
                    json
                            ? ComparisonFiles.json(result).stripTrailing()
                            : CompareOutput.text(result, pictures, terminal));
        }
        return 0;
    }
}
