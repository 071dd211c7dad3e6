package io.sichter.cli;

import io.sichter.error.Problem;
import io.sichter.error.UsageException;
import io.sichter.published.Network;
import io.sichter.text.Catalog;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The program itself: only what all commands share. What the help says of them stands in the catalog ({@link HelpTexts}). */
@Command(
        name = "sichter",
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
        versionProvider = Version.class,
        sortOptions = false,
        descriptionHeading = "%n",
        parameterListHeading = "%n",
        footerHeading = "%n")
final class SichterCommand {
    @Option(names = "--verbose", scope = ScopeType.INHERIT)
    private boolean verbose;

    private final Terminal terminal;

    /** For every command: none of them opens a connection then, whatever it is asked for. */
    @Option(names = "--offline", scope = ScopeType.INHERIT)
    void offline(boolean wanted) {
        System.setProperty(Network.OFFLINE_PROPERTY, Boolean.toString(wanted));
    }

    /** Read before the command line is parsed (see {@link Language}); here it is checked and shown in the help. */
    @Option(names = "--lang", paramLabel = "LANG", scope = ScopeType.INHERIT)
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
