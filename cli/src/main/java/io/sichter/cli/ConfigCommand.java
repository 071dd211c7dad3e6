package io.sichter.cli;

import io.sichter.config.ConfigLayer;
import io.sichter.config.ConfigRules;
import io.sichter.config.ConfigWriter;
import io.sichter.config.RunConfig;
import io.sichter.text.Text;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Prints the whole configuration. */
@Command(name = "config")
final class ConfigCommand implements Callable<Integer> {
    private final SichterCommand program;

    @Mixin
    private RunOptions options = new RunOptions();

    @Parameters(arity = "0..*", paramLabel = "key=value", descriptionKey = "settings")
    private List<String> assignments = List.of();

    ConfigCommand(SichterCommand program) {
        this.program = program;
    }

    @Override
    public Integer call() {
        RunConfig config = options.resolve(
                assignments.stream().map(ConfigLayer::assignment).toList());
        Terminal terminal = program.terminal();
        ConfigRules.advice(config).forEach(text -> terminal.message(Text.of("cli.note", text)));
        terminal.result(ConfigWriter.write(config, terminal.language()).stripTrailing());
        return 0;
    }
}
