package io.sichter.cli;

import static io.sichter.cli.ReferencePage.code;

import io.sichter.config.ConfigWriter;
import io.sichter.config.RunConfig;
import io.sichter.loss.Losses;
import io.sichter.model.Models;
import io.sichter.optim.Optimizers;
import io.sichter.schedule.Schedules;
import io.sichter.text.Text;
import io.sichter.transform.Transforms;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** Every key of the configuration, from the commented YAML that the program writes, and the names that keys may take. */
final class ConfigurationReference {
    private final ReferencePage page;
    private final Set<String> keys = new HashSet<>();
    private String section = "";
    private String meaning = "";

    private ConfigurationReference(Locale language) {
        page = new ReferencePage(language);
    }

    static String write(Locale language) {
        ConfigurationReference reference = new ConfigurationReference(language);
        reference.write();
        return reference.page.toString();
    }

    private void write() {
        page.paragraph(page.say("# Configuration", "# Konfiguration"));
        page.paragraph(page.say("""
                Generated from the program; `./sichter config` prints the same as a file. Every key may stand in a file given
                with `-c`, or follow a command as `key=value`, such as `optimizer.lr=3e-4`. What is not said keeps its default.
                """, """
                Aus dem Programm erzeugt; `./sichter config` gibt dasselbe als Datei aus. Jeder Schlüssel darf in einer Datei
                stehen, die `-c` nennt, oder als `Schlüssel=Wert` hinter einem Befehl, etwa `optimizer.lr=3e-4`. Was du nicht
                nennst, behält seine Vorgabe.
                """));
        page.paragraph(page.say("## The run", "## Der Lauf"));
        table();
        String yaml = ConfigWriter.write(RunConfig.defaults(), page.language());
        keys(yaml.lines()
                .skip(Text.of("config.header").in(page.language()).lines().count())
                .toList());
        names();
        transforms();
    }

    private void table() {
        page.table(page.say("Key", "Schlüssel"), page.say("Default", "Vorgabe"), page.say("Meaning", "Bedeutung"));
    }

    /** A comment stands before the key or section that it is about, the items of a list below its key. */
    private void keys(List<String> lines) {
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            List<String> items = lines.stream()
                    .skip(i + 1L)
                    .takeWhile(next -> next.startsWith("    - "))
                    .map(next -> next.strip().substring(2))
                    .toList();
            if (line.strip().startsWith("# ")) {
                meaning = ReferencePage.plain(line.strip().substring(2));
            } else if (line.matches("[a-z_0-9]+:")) {
                section = line.substring(0, line.length() - 1);
                page.paragraph("## " + section);
                page.paragraph(Character.toUpperCase(meaning.charAt(0)) + meaning.substring(1) + ".");
                table();
            } else if (line.matches(" {0,2}[a-z_0-9]+:.*")) {
                key(line, items);
            }
        }
    }

    private void key(String line, List<String> items) {
        String name = line.substring(0, line.indexOf(':')).strip();
        String value = line.substring(line.indexOf(':') + 1).strip();
        String path = line.startsWith(" ") ? section + "." + name : name;
        String shown = items.isEmpty()
                ? code(value)
                : items.stream().map(ReferencePage::code).collect(Collectors.joining("<br>"));
        page.row(code(path), shown, meaning);
        keys.add(path);
    }

    private void names() {
        page.paragraph(page.say("## Names", "## Namen"));
        page.table(page.say("Key", "Schlüssel"), page.say("Names", "Namen"));
        names("model.name", Models.names());
        names("loss.name", Losses.names());
        names("optimizer.name", Optimizers.names());
        names("schedule.name", Schedules.names());
    }

    private void names(String key, List<String> names) {
        if (!keys.contains(key)) {
            throw new AssertionError("There is no key " + key);
        }
        page.row(code(key), list(names));
    }

    private void transforms() {
        page.paragraph(page.say("## Transforms", "## Transformationen"));
        page.paragraph(page.say(
                "Steps of `transforms.train` and `transforms.eval`, with torchvision's names and meanings.",
                "Schritte von `transforms.train` und `transforms.eval`, mit Namen und Bedeutung von torchvision."));
        page.table(page.say("Transform", "Transformation"), page.say("Parameters", "Parameter"));
        Transforms.registry()
                .names()
                .forEach(name -> page.row(
                        code(name), list(Transforms.registry().get(name).parameters())));
    }

    private static String list(List<String> names) {
        return names.stream().map(ReferencePage::code).collect(Collectors.joining(", "));
    }
}
