package io.sichter.cli;

import io.sichter.text.Text;
import java.io.PrintWriter;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Runs one command line: parses it, calls the command, and turns whatever went wrong into a message and an exit code. */
final class CommandLineInterface {
    private final Terminal terminal;

    /** One command: known by its name until it is called, for picocli takes time to look at a class. */
    private record Entry(String name, Function<SichterCommand, Object> command) {}

    private static final List<Entry> COMMANDS = List.of(
            new Entry("demo", DemoCommand::new),
            new Entry("train", TrainCommand::new),
            new Entry("stats", StatsCommand::new),
            new Entry("preview", PreviewCommand::new),
            new Entry("split", SplitCommand::new),
            new Entry("resume", ResumeCommand::new),
            new Entry("repro", ReproCommand::new),
            new Entry("compare", CompareCommand::new),
            new Entry("crossval", CrossvalCommand::new),
            new Entry("lr-find", LrFindCommand::new),
            new Entry("evaluate", EvaluateCommand::new),
            new Entry("predict", PredictCommand::new),
            new Entry("explain", ExplainCommand::new),
            new Entry("plots", PlotsCommand::new),
            new Entry("runs", RunsCommand::new),
            new Entry("compare-runs", CompareRunsCommand::new),
            new Entry("doctor", DoctorCommand::new),
            new Entry("models", ModelsCommand::new),
            new Entry("weights", WeightsCommand::new),
            new Entry("summary", SummaryCommand::new),
            new Entry("graph", GraphCommand::new),
            new Entry("filters", FiltersCommand::new),
            new Entry("feature-maps", FeatureMapsCommand::new),
            new Entry("recipes", RecipesCommand::new),
            new Entry("config", ConfigCommand::new),
            new Entry("completion", CompletionCommand::new));

    private static final Set<String> LIGHT =
            Set.of("runs", "compare-runs", "recipes", "config", "completion", "--version", "-V", "--help", "-h");

    CommandLineInterface(Terminal terminal) {
        this.terminal = terminal;
    }

    /** Runs it and returns the exit code. */
    int run(String... args) {
        List<String> words = List.of(args);
        terminal.speak(Language.of(words, Language.system()));
        boolean verbose = words.contains("--verbose");
        Failures failures = new Failures(terminal, words.contains("--json"), verbose);
        if (verbose) {
            System.setProperty("sichter.log.level", "INFO"); // before the first logger exists
        }
        if (words.isEmpty()) {
            terminal.err().print(commandLine(words).getUsageMessage(ansi()));
            return Failures.USAGE;
        }
        // Commands that load no native library need no filter, and are over before one would be set up.
        boolean silent = LIGHT.contains(words.get(0)) || words.contains("--help") || words.contains("-h");
        try (NativeNoise noise =
                silent ? null : NativeNoise.filter(terminal, terminal.charset()).orElse(null)) {
            return commandLine(words)
                    .setParameterExceptionHandler((e, ignored) -> failures.usage(e))
                    .setExecutionExceptionHandler((e, ignored, result) ->
                            e instanceof ParameterException usage ? failures.usage(usage) : failures.report(e))
                    .execute(args);
        } catch (Error e) { // out of memory, a native library that does not load: picocli passes them on
            return failures.report(e);
        }
    }

    /** The command line with every command in full, as nothing but the completion needs it. */
    CommandLine complete(SichterCommand program) {
        return commandLine(program, COMMANDS.stream().map(Entry::name).toList());
    }

    private CommandLine commandLine(List<String> words) {
        return commandLine(new SichterCommand(terminal), words);
    }

    private CommandLine commandLine(SichterCommand program, List<String> words) {
        CommandLine line = new CommandLine(program);
        for (Entry entry : COMMANDS) {
            boolean called = words.contains(entry.name());
            line.addSubcommand(entry.name(), called ? entry.command().apply(program) : CommandSpec.create());
        }
        line.setResourceBundle(new HelpTexts(terminal.language()));
        String label = Text.of("cli.help.command_label").in(terminal.language());
        line.getCommandSpec().usageMessage().synopsisSubcommandLabel(label);
        return line.setOut(new PrintWriter(terminal.out(), true, terminal.charset()))
                .setErr(new PrintWriter(terminal.err(), true, terminal.charset()))
                .setColorScheme(CommandLine.Help.defaultColorScheme(ansi()))
                .setUsageHelpAutoWidth(false)
                .setUsageHelpWidth(Math.max(60, Math.min(terminal.columns(), 110)))
                .setAbbreviatedOptionsAllowed(false);
    }

    private Ansi ansi() {
        return terminal.coloured() && Boolean.getBoolean("sichter.terminal.out") ? Ansi.ON : Ansi.OFF;
    }
}
