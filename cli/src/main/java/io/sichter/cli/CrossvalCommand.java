package io.sichter.cli;

import io.sichter.config.ConfigLayer;
import io.sichter.config.RunConfig;
import io.sichter.error.Problem;
import io.sichter.error.UsageException;
import io.sichter.report.Plots;
import io.sichter.search.CrossValidation;
import io.sichter.search.CrossValidationFiles;
import io.sichter.search.CrossValidationPlan;
import io.sichter.search.CrossValidationResult;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Estimates by k-fold cross-validation how good a way to train is. */
@Command(name = "crossval")
final class CrossvalCommand implements Callable<Integer> {
    private final SichterCommand program;

    @Mixin
    private RunOptions options = new RunOptions();

    @Option(names = "--folds", paramLabel = "N")
    private int folds = 5;

    @Option(names = "--repeats", paramLabel = "N")
    private int repeats = 1;

    @Option(names = "--stratified", negatable = true, defaultValue = "true", fallbackValue = "true")
    private boolean stratified = true;

    @Option(names = "--group-by", paramLabel = "COLUMN|REGEX")
    private @Nullable String groupBy;

    @Option(names = "--json")
    private boolean json;

    @Parameters(arity = "0..*", paramLabel = "DATA|key=value", descriptionKey = "data")
    private List<String> arguments = List.of();

    CrossvalCommand(SichterCommand program) {
        this.program = program;
    }

    @Override
    public Integer call() {
        List<ConfigLayer> layers = new ArrayList<>(TrainCommand.layers(arguments));
        String groups = groupBy;
        if (groups != null) {
            layers.add(new ConfigLayer.Setting("--group-by", "data.group_by", groups));
        }
        RunConfig config = options.resolve(layers);
        if (config.data().path().isEmpty()) {
            throw new UsageException(Problem.of("cli.train.no_data"));
        }
        CrossValidationPlan plan = new CrossValidationPlan(config, folds, repeats, stratified);
        Terminal terminal = program.terminal();
        SearchProgress progress = new SearchProgress(terminal, program.verbose());
        try (StopOnSignal signals = new StopOnSignal(terminal)) {
            CrossValidationResult result =
                    new CrossValidation(plan, signals.stop(), progress, new Plots(terminal.language())).run();
            terminal.result(
                    json ? CrossValidationFiles.json(result).stripTrailing() : CrossvalOutput.text(result, terminal));
        }
        return 0;
    }
}
