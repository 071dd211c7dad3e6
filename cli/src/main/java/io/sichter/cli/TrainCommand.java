package io.sichter.cli;

import io.sichter.config.ConfigLayer;
import io.sichter.config.Decisions;
import io.sichter.config.RunConfig;
import io.sichter.error.Problem;
import io.sichter.error.UsageException;
import io.sichter.report.Plots;
import io.sichter.train.TrainResult;
import io.sichter.train.Training;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Trains a network on a folder of pictures. */
@Command(name = "train")
final class TrainCommand implements Callable<Integer> {
    /** A key of the configuration before the first equals sign; a folder of such a name is written {@code ./a=b}. */
    private static final Pattern ASSIGNMENT = Pattern.compile("[A-Za-z][A-Za-z0-9_.-]*=.*", Pattern.DOTALL);

    private final SichterCommand program;

    @Mixin
    private RunOptions options = new RunOptions();

    @Option(names = "--dry-run")
    private boolean dryRun;

    @Option(names = "--explain")
    private boolean explain;

    @Option(names = "--json")
    private boolean json;

    @Parameters(arity = "0..*", paramLabel = "DATA|key=value", descriptionKey = "data")
    private List<String> arguments = List.of();

    TrainCommand(SichterCommand program) {
        this.program = program;
    }

    @Override
    public Integer call() {
        RunConfig config = options.resolve(layers(arguments));
        if (config.data().path().isEmpty()) {
            throw new UsageException(Problem.of("cli.train.no_data"));
        }
        Terminal terminal = program.terminal();
        if (explain && dryRun) {
            throw new UsageException(Problem.of("cli.train.explain_or_dry_run"));
        }
        if (explain) {
            new ExplainOutput(Decisions.of(options.layers(layers(arguments))), terminal).print(json);
            return 0;
        }
        boolean verbose = program.verbose();
        if (dryRun) {
            DryRunOutput.print(config, terminal, verbose, json);
            return 0;
        }
        TrainProgress progress = new TrainProgress(terminal, verbose, System::nanoTime);
        try (StopOnSignal signals = new StopOnSignal(terminal)) {
            TrainResult result =
                    Training.start(config, signals.stop(), List.of(progress), new Plots(terminal.language()));
            TrainOutput.print(terminal, result, progress, json);
        }
        return 0;
    }

    /** The folder of pictures and the settings among the arguments. */
    static List<ConfigLayer> layers(List<String> arguments) {
        List<ConfigLayer> layers = new ArrayList<>();
        String data = null;
        for (String argument : arguments) {
            if (ASSIGNMENT.matcher(argument).matches()) {
                layers.add(ConfigLayer.assignment(argument));
            } else if (data == null) {
                data = argument;
                layers.add(new ConfigLayer.Setting("DATA", "data.path", argument));
            } else {
                boolean folder = Files.exists(Path.of(argument));
                throw new UsageException(
                        Problem.of(folder ? "cli.train.two_folders" : "cli.train.two_words", data, argument));
            }
        }
        return layers;
    }
}
