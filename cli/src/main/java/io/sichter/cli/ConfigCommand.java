package io.sichter.cli;

import io.sichter.config.ConfigLayer;
import io.sichter.config.ConfigRules;
import io.sichter.config.ConfigWriter;
import io.sichter.config.RunConfig;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Prints the whole configuration. */
@Command(name = "config", footer = "Example: sichter config optimizer.lr=3e-4 > run.yaml")
final class ConfigCommand implements Callable<Integer> {
    private final SichterCommand program;

    @Mixin
    private RunOptions options = new RunOptions();

    @Parameters(arity = "0..*", paramLabel = "key=value", description = "Settings, such as optimizer.lr=3e-4.")
    private List<String> assignments = List.of();

    ConfigCommand(SichterCommand program) {
        this.program = program;
    }

    @Override
    public Integer call() {
        RunConfig config = options.resolve(
                assignments.stream().map(ConfigLayer::assignment).toList());
        Terminal terminal = program.terminal();
        ConfigRules.advice(config).forEach(text -> terminal.message("Note: " + text));
        terminal.result(ConfigWriter.write(config).stripTrailing());
        return 0;
    }
}
