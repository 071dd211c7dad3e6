package io.sichter.config;

import io.sichter.error.Problem;
import io.sichter.error.UsageException;
import io.sichter.text.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Everything that is wrong with a configuration, so that a person corrects it in one go. */
final class ConfigProblems {
    /** One problem; the location is {@code file:line:column} or what on the command line said it. */
    record Entry(Text location, Text problem, Text received, Text expected, Text fix) {
        Entry(Text location, Problem problem) {
            this(location, problem.problem(), problem.received(), problem.expected(), problem.fix());
        }
    }

    private final List<Entry> entries = new ArrayList<>();

    void add(Entry entry) {
        entries.add(entry);
    }

    /** Throws one message that says all of them, or does nothing. */
    void throwIfAny() {
        if (entries.isEmpty()) {
            return;
        }
        if (entries.size() == 1) {
            Entry only = entries.get(0);
            throw new UsageException(new Problem(
                    only.problem(), Text.of("about", only.location(), only.received()), only.expected(), only.fix()));
        }
        throw new UsageException(new Problem(
                Text.of("config.problems", entries.size()),
                numbered(e -> Text.of(
                        "config.problems.received",
                        e.location(),
                        e.received(),
                        e.problem().inSentence())),
                numbered(Entry::expected),
                numbered(Entry::fix)));
    }

    private Text numbered(Function<Entry, Text> part) {
        List<Text> lines = new ArrayList<>();
        for (Entry entry : entries) {
            lines.add(Text.of("config.problems.line", lines.size() + 1, part.apply(entry)));
        }
        return Text.joined("", lines);
    }
}
