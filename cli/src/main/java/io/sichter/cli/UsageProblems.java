package io.sichter.cli;

import io.sichter.error.Problem;
import io.sichter.registry.Suggestion;
import io.sichter.text.Text;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says in Sichter's words what picocli found wrong with a command line. */
final class UsageProblems {
    private UsageProblems() {}

    static Problem of(ParameterException error) {
        CommandLine command = error.getCommandLine();
        Text help = Text.of("cli.usage.see", command.getCommandSpec().qualifiedName());
        if (error instanceof UnmatchedArgumentException unmatched) {
            return unknown(command, unmatched.getUnmatched().get(0), help);
        }
        if (error instanceof MissingParameterException missing) {
            return missing(command.getCommandSpec().qualifiedName(), missing.getMissing(), help);
        }
        ArgSpec argument = error.getArgSpec();
        if (argument != null && error.getValue() != null) {
            return new Problem(
                    Text.of("cli.usage.wrong_kind", label(argument)),
                    Text.verbatim(error.getValue()),
                    kind(argument),
                    help);
        }
        return new Problem(
                Text.of("cli.usage.wrong"), Text.verbatim(String.valueOf(error.getMessage())), Text.empty(), help);
    }

    private static Problem missing(String command, List<ArgSpec> arguments, Text help) {
        String labels =
                String.join(", ", arguments.stream().map(UsageProblems::label).toList());
        boolean value = arguments.get(0) instanceof OptionSpec;
        return new Problem(
                Text.of("cli.usage.missing"),
                Text.of(value ? "cli.usage.no_value" : "cli.usage.no_argument", labels),
                Text.verbatim(
                        value
                                ? labels + " " + arguments.get(0).paramLabel()
                                : command + " " + labels.replace(", ", " ")),
                help);
    }

    private static Problem unknown(CommandLine command, String word, Text help) {
        boolean root = command.getParent() == null;
        if (word.startsWith("-")) {
            List<String> known = optionNames(command);
            String name = word.contains("=") ? word.substring(0, word.indexOf('=')) : word;
            return problem(Text.of("cli.usage.unknown_option"), word, name, known, help);
        }
        List<String> commands = List.copyOf(command.getSubcommands().keySet());
        return root
                ? problem(Text.of("cli.usage.unknown_command"), word, word, commands, help)
                : new Problem(Text.of("cli.usage.unexpected"), Text.verbatim(word), Text.of("cli.usage.no_more"), help);
    }

    private static Problem problem(Text problem, String received, String name, List<String> known, Text help) {
        Text suggestion = Suggestion.didYouMean(name, known);
        return new Problem(
                problem,
                Text.verbatim(received),
                Text.of("one_of", String.join(", ", known)),
                suggestion.isEmpty() ? help : Text.joined(" ", List.of(suggestion, help)));
    }

    private static List<String> optionNames(CommandLine command) {
        List<String> names = new ArrayList<>();
        for (OptionSpec option : command.getCommandSpec().options()) {
            if (!option.hidden()) {
                names.add(option.longestName());
            }
        }
        return names;
    }

    private static String label(ArgSpec argument) {
        return argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
    }

    private static Text kind(ArgSpec argument) {
        Class<?> type = argument.type();
        if (type == int.class || type == Integer.class || type == long.class) {
            return Text.of("whole_number");
        }
        return type == Double.class ? Text.of("number") : Text.verbatim(argument.paramLabel());
    }
}
