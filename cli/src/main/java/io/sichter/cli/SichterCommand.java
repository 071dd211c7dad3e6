package io.sichter.cli;

import io.sichter.error.Problem;
import io.sichter.error.UsageException;
import io.sichter.text.Catalog;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The program itself: only what all commands share. */
@Command(
        name = "sichter",
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
        versionProvider = Version.class,
        description = "A folder of pictures in, a classifier you can trust out.",
        sortOptions = false,
        synopsisHeading = "Usage: ",
        descriptionHeading = "%n",
        parameterListHeading = "%n",
        optionListHeading = "%nOptions:%n",
        commandListHeading = "%nCommands:%n",
        footerHeading = "%n",
        footer = {
            "Results go to standard output, everything else to standard error.",
            "Exit codes: 0 done, 1 failed, 2 usage, 3 data, 4 memory, 5 storage, 6 quality gate, 130 Ctrl-C, 143 SIGTERM."
        })
final class SichterCommand {
    @Option(
            names = "--verbose",
            scope = ScopeType.INHERIT,
            description = "Log more, and show the stack trace of an error.")
    private boolean verbose;

    private final Terminal terminal;

    /** Read before the command line is parsed (see {@link Language}); here it is checked and shown in the help. */
    @Option(
            names = "--lang",
            paramLabel = "LANG",
            scope = ScopeType.INHERIT,
            description = "Language of messages: en or de (default: the system's).")
    void lang(String code) {
        if (!Catalog.LANGUAGES.contains(code)) {
            throw new UsageException(Problem.of("cli.language", code, String.join(", ", Catalog.LANGUAGES)));
        }
    }

    SichterCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    Terminal terminal() {
        return terminal;
    }

    boolean verbose() {
        return verbose;
    }
}
