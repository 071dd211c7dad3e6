package io.sichter.cli;

import io.sichter.error.Problem;
import io.sichter.error.UsageException;
import io.sichter.registry.Suggestion;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Prints what a shell must read to complete commands and options. */
@Command(name = "completion")
final class CompletionCommand implements Callable<Integer> {
    private static final List<String> SHELLS = List.of("bash", "zsh");

    private final SichterCommand program;

    @Parameters(paramLabel = "SHELL", descriptionKey = "shell")
    private String shell = "";

    CompletionCommand(SichterCommand program) {
        this.program = program;
    }

    @Override
    public Integer call() {
        if (!SHELLS.contains(shell)) {
            throw new UsageException(
                    Problem.of("cli.completion", shell, String.join(", ", SHELLS), Suggestion.orChoose(shell, SHELLS)));
        }
        // The one script serves both: in zsh it asks for bash's way of completing itself.
        String script = AutoComplete.bash("sichter", new CommandLineInterface(program.terminal()).complete(program));
        program.terminal().result(script.stripTrailing());
        return 0;
    }
}
