package io.sichter.cli;

import io.sichter.cli.doctor.Doctor;
import io.sichter.cli.doctor.Finding;
import io.sichter.cli.doctor.Finding.Level;
import io.sichter.config.RunConfig;
import io.sichter.text.Text;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Looks whether this machine is fit for work, and says how to mend what is not. */
@Command(name = "doctor")
final class DoctorCommand implements Callable<Integer> {
    private static final String SELF_TEST = "self_test";
    private static final int LEVEL_WIDTH = 8;
    private static final int CHECK_WIDTH = 14;

    private final SichterCommand program;

    @Option(names = "--runs-dir", paramLabel = "DIR")
    private Path runsDir = Path.of(RunConfig.defaults().runsDir());

    @Option(names = "--json")
    private boolean json;

    DoctorCommand(SichterCommand program) {
        this.program = program;
    }

    @Override
    public Integer call() {
        Terminal terminal = program.terminal();
        List<Finding> findings = Doctor.look(runsDir, finding -> {
            if (!json) {
                terminal.result(line(finding, terminal));
            }
        });
        long warnings = count(findings, Level.WARNING);
        List<Finding> problems =
                findings.stream().filter(f -> f.level() == Level.PROBLEM).toList();
        if (json) {
            terminal.result(Json.write(json(findings, terminal.language())));
        } else {
            terminal.result("\n"
                    + Text.of("doctor.summary", problems.size(), warnings, findings.size())
                            .in(terminal.language()));
        }
        if (problems.isEmpty()) {
            return 0;
        }
        return problems.stream().allMatch(f -> f.check().equals(SELF_TEST)) ? Failures.UNEXPECTED : Failures.USAGE;
    }

    private static long count(List<Finding> findings, Level level) {
        return findings.stream().filter(f -> f.level() == level).count();
    }

    private static String line(Finding finding, Terminal terminal) {
        String level = levelText(finding.level()).in(terminal.language());
        String start = pad(level, LEVEL_WIDTH) + "  " + pad(finding.check(), CHECK_WIDTH) + "  ";
        int indent = start.length();
        String text = finding.found().in(terminal.language());
        String fix = finding.fix().in(terminal.language());
        String body = fix.isEmpty() ? text : text + "\n-> " + fix;
        int width = Math.min(terminal.resultColumns(), 120) - indent;
        return start + Wrap.words(body, Math.max(20, width)).replace("\n", "\n" + " ".repeat(indent));
    }

    private static Text levelText(Level level) {
        return Text.of("doctor.level." + level.name().toLowerCase(Locale.ROOT));
    }

    private static String pad(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }

    private static Map<String, Object> json(List<Finding> findings, Locale language) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("ok", count(findings, Level.PROBLEM) == 0);
        json.put(
                "checks",
                findings.stream()
                        .map(finding -> {
                            Map<String, Object> entry = new LinkedHashMap<>();
                            entry.put("check", finding.check());
                            entry.put("level", finding.level().name().toLowerCase(Locale.ROOT));
                            entry.put("found", finding.found().in(language));
                            entry.put("fix", finding.fix().in(language));
                            return entry;
                        })
                        .toList());
        return json;
    }
}
