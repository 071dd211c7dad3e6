package io.sichter.config;

import io.sichter.error.UsageException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Everything that is wrong with a configuration, so that a person corrects it in one go. */
final class ConfigProblems {
    /** One problem; the location is {@code file:line:column} or what on the command line said it. */
    record Entry(String location, String problem, String received, String expected, String fix) {}

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
            throw new UsageException(
                    only.problem(), only.location() + ": " + only.received(), only.expected(), only.fix());
        }
        throw new UsageException(
                entries.size() + " problems in the configuration",
                numbered(e -> e.location() + ": " + e.received() + " (" + lowerFirst(e.problem()) + ")"),
                numbered(Entry::expected),
                numbered(Entry::fix));
    }

    private String numbered(Function<Entry, String> part) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < entries.size(); i++) {
            text.append('\n').append(i + 1).append(". ").append(part.apply(entries.get(i)));
        }
        return text.toString();
    }

    private static String lowerFirst(String text) {
        return Character.toLowerCase(text.charAt(0)) + text.substring(1);
    }
}
