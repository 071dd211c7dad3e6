package io.sichter.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Runs one command line: parses it, calls the command, and turns whatever went wrong into a message and an exit code. */
final class CommandLineInterface {
    private final Terminal terminal;

    /** One command: known by its line in the help until it is called, for picocli takes time to look at a class. */
    private record Entry(String name, String description, Function<SichterCommand, Object> command) {}

    private static final List<Entry> COMMANDS = List.of(
            new Entry(
                    "demo",
                    "Draw a small set of pictures, train on it, evaluate and predict: the whole way in a minute.",
                    DemoCommand::new),
            new Entry("train", "Train a network on a folder of pictures.", TrainCommand::new),
            new Entry(
                    "resume",
                    "Continue a run from its last checkpoint; it ends as if it had never stopped.",
                    ResumeCommand::new),
            new Entry(
                    "evaluate",
                    "Measure a trained network on its validation split, or on other pictures.",
                    EvaluateCommand::new),
            new Entry("predict", "Say what is on pictures.", PredictCommand::new),
            new Entry("summary", "Print the layers of a network, their parameters and sizes.", SummaryCommand::new),
            new Entry(
                    "config",
                    "Print the whole configuration, every key with its meaning; it is what -c reads.",
                    ConfigCommand::new));

    CommandLineInterface(Terminal terminal) {
        this.terminal = terminal;
    }

    /** Runs it and returns the exit code. */
    int run(String... args) {
        List<String> words = List.of(args);
        terminal.speak(Language.of(words, Locale.getDefault()));
        boolean verbose = words.contains("--verbose");
        Failures failures = new Failures(terminal, words.contains("--json"), verbose);
        if (verbose) {
            System.setProperty("sichter.log.level", "INFO"); // before the first logger exists
        }
        if (words.isEmpty()) {
            terminal.err().print(commandLine(words).getUsageMessage(ansi()));
            return Failures.USAGE;
        }
        try {
            return commandLine(words)
                    .setParameterExceptionHandler((e, ignored) -> failures.usage(e))
                    .setExecutionExceptionHandler((e, ignored, result) ->
                            e instanceof ParameterException usage ? failures.usage(usage) : failures.report(e))
                    .execute(args);
        } catch (Error e) { // out of memory, a native library that does not load: picocli passes them on
            return failures.report(e);
        }
    }

    private CommandLine commandLine(List<String> words) {
        SichterCommand program = new SichterCommand(terminal);
        CommandLine line = new CommandLine(program);
        for (Entry entry : COMMANDS) {
            boolean called = words.contains(entry.name());
            CommandLine command = new CommandLine(called ? entry.command().apply(program) : CommandSpec.create());
            command.getCommandSpec().usageMessage().description(entry.description());
            line.addSubcommand(entry.name(), command);
        }
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
