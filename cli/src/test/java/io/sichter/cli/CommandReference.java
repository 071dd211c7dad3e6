package io.sichter.cli;

import static io.sichter.cli.ReferencePage.code;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Every command with its arguments and options, from picocli's model. */
final class CommandReference {
    /** What picocli takes for the order of an option that has none. */
    private static final int NO_PLACE = -1;

    private final ReferencePage page;
    private final CommandLine program;

    private CommandReference(Locale language) {
        page = new ReferencePage(language);
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
        Terminal terminal = new Terminal(nowhere, nowhere, false, false, StandardCharsets.UTF_8, 100);
        terminal.speak(language);
        program = new CommandLineInterface(terminal).complete(new SichterCommand(terminal));
    }

    static String write(Locale language) {
        CommandReference reference = new CommandReference(language);
        reference.write();
        return reference.page.toString();
    }

    private void write() {
        page.paragraph(page.say("# Commands", "# Befehle"));
        page.paragraph(page.say(
                "Generated from the program; `./sichter COMMAND --help` says the same.",
                "Aus dem Programm erzeugt; `./sichter BEFEHL --help` sagt dasselbe."));
        page.paragraph(page.say("## For every command", "## Für jeden Befehl"));
        prose(program.getCommandSpec().usageMessage().footer());
        options(program.getCommandSpec().options());
        program.getSubcommands().values().forEach(command -> write("##", command));
    }

    private void write(String level, CommandLine command) {
        CommandSpec spec = command.getCommandSpec();
        page.paragraph(level + " " + spec.qualifiedName());
        prose(spec.usageMessage().description());
        page.paragraph("```sh\n" + synopsis(spec) + "\n```");
        if (!spec.positionalParameters().isEmpty()) {
            page.table("Argument", page.say("Meaning", "Bedeutung"));
            spec.positionalParameters().forEach(parameter -> row(parameter.paramLabel(), parameter));
        }
        List<String> shared = program.getCommandSpec().options().stream()
                .map(OptionSpec::longestName)
                .toList();
        options(spec.options().stream()
                .filter(option -> !shared.contains(option.longestName()))
                .toList());
        String[] footer = spec.usageMessage().footer();
        if (!Arrays.equals(footer, program.getCommandSpec().usageMessage().footer())) { // or it stands above
            prose(footer);
        }
        command.getSubcommands().values().forEach(nested -> write(level + "#", nested));
    }

    private void options(List<OptionSpec> options) {
        List<OptionSpec> shown = options.stream()
                .filter(option -> !option.hidden())
                .sorted(Comparator.comparingInt(CommandReference::place))
                .toList();
        if (!shown.isEmpty()) {
            page.table("Option", page.say("Meaning", "Bedeutung"));
            for (OptionSpec option : shown) {
                String names = String.join(", ", option.names());
                row(option.arity().max() == 0 ? names : names + " " + option.paramLabel(), option);
            }
        }
    }

    /** Options without a place of their own come last, as they stand in the code. */
    private static int place(OptionSpec option) {
        return option.order() == NO_PLACE ? Integer.MAX_VALUE : option.order();
    }

    private void row(String label, ArgSpec argument) {
        String meaning =
                String.join(" ", argument.description()).replace("${DEFAULT-VALUE}", argument.defaultValueString(true));
        page.row(code(label), ReferencePage.plain(printed(meaning)));
    }

    private String synopsis(CommandSpec spec) {
        if (spec.usageMessage().customSynopsis().length > 0) {
            return printed(String.join("%n", spec.usageMessage().customSynopsis()));
        }
        return spec.qualifiedName()
                + spec.positionalParameters().stream()
                        .map(CommandReference::argument)
                        .collect(Collectors.joining())
                + page.say(" [OPTIONS]", " [OPTIONEN]");
    }

    private static String argument(PositionalParamSpec parameter) {
        String label = parameter.paramLabel() + (parameter.arity().max() > 1 ? " ..." : "");
        return parameter.arity().min() == 0 ? " [" + label + "]" : " " + label;
    }

    /** Lines as one paragraph, and examples in one of their own. */
    private void prose(String... lines) {
        StringBuilder words = new StringBuilder();
        for (String line : lines) {
            String printed = printed(line);
            int example = printed.indexOf(": sichter ");
            if (example < 0) {
                words.append(ReferencePage.plain(printed)).append('\n');
            } else {
                words.append(words.isEmpty() ? "" : "\n");
                words.append(printed, 0, example + 2).append(code(printed.substring(example + 2)));
                words.append('\n');
            }
        }
        page.paragraph(words.toString());
    }

    /** As picocli prints it: its texts are formats. */
    private static String printed(String format) {
        return String.format(Locale.ROOT, format).strip();
    }
}
