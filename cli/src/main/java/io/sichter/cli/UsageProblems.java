package io.sichter.cli;

import io.sichter.error.Problem;
import io.sichter.registry.Suggestion;
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
        String help = "See: " + command.getCommandSpec().qualifiedName() + " --help";
        if (error instanceof UnmatchedArgumentException unmatched) {
            return unknown(command, unmatched.getUnmatched().get(0), help);
        }
        if (error instanceof MissingParameterException missing) {
            return missing(command.getCommandSpec().qualifiedName(), missing.getMissing(), help);
        }
        ArgSpec argument = error.getArgSpec();
        if (argument != null && error.getValue() != null) {
            return Problem.english(
                    label(argument) + " has a value of the wrong kind", error.getValue(), kind(argument), help);
        }
        return Problem.english("The command line is not right", String.valueOf(error.getMessage()), "", help);
    }

    private static Problem missing(String command, List<ArgSpec> arguments, String help) {
        String labels =
                String.join(", ", arguments.stream().map(UsageProblems::label).toList());
        boolean value = arguments.get(0) instanceof OptionSpec;
        return Problem.english(
                "Something is missing on the command line",
                value ? "no value after " + labels : "no " + labels,
                value ? labels + " " + arguments.get(0).paramLabel() : command + " " + labels.replace(", ", " "),
                help);
    }

    private static Problem unknown(CommandLine command, String word, String help) {
        boolean root = command.getParent() == null;
        if (word.startsWith("-")) {
            List<String> known = optionNames(command);
            String name = word.contains("=") ? word.substring(0, word.indexOf('=')) : word;
            return problem("Unknown option", word, "one of " + String.join(", ", known), name, known, help);
        }
        List<String> commands = List.copyOf(command.getSubcommands().keySet());
        return root
                ? problem("Unknown command", word, "one of " + String.join(", ", commands), word, commands, help)
                : Problem.english("Unexpected argument", word, "no more arguments here", help);
    }

    private static Problem problem(
            String problem, String received, String expected, String name, List<String> known, String help) {
        String suggestion = Suggestion.didYouMean(name, known);
        return Problem.english(problem, received, expected, suggestion.isEmpty() ? help : suggestion + " " + help);
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

    private static String kind(ArgSpec argument) {
        Class<?> type = argument.type();
        return type == int.class || type == Integer.class || type == long.class
                ? "a whole number"
                : argument.paramLabel();
    }
}
