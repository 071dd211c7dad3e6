package io.sichter.error;

import io.sichter.text.Text;
import java.util.Locale;
import java.util.Objects;

/**
 * One thing that is wrong, in the four parts every message of Sichter has.
 *
 * @param problem what is wrong, one short sentence without a final stop
 * @param received what came, verbatim where possible
 * @param expected what would have been right
 * @param fix what to do now
 */
public record Problem(Text problem, Text received, Text expected, Text fix) {
    /** Checks that no part is missing. */
    public Problem {
        Objects.requireNonNull(problem, "problem");
        Objects.requireNonNull(received, "received");
        Objects.requireNonNull(expected, "expected");
        Objects.requireNonNull(fix, "fix");
    }

    /**
     * A problem of the catalog: {@code KEY.problem}, {@code KEY.received}, {@code KEY.expected} and {@code KEY.fix}, all
     * with the same arguments.
     *
     * @param arguments see {@link Text#of}
     */
    public static Problem of(String key, Object... arguments) {
        return new Problem(
                Text.of(key + ".problem", arguments),
                Text.of(key + ".received", arguments),
                Text.of(key + ".expected", arguments),
                Text.of(key + ".fix", arguments));
    }

    /** Its four parts as one readable block of text in a language. */
    public String in(Locale language) {
        StringBuilder text = new StringBuilder(problem.in(language));
        appendPart(text, Text.of("problem.received"), received, language);
        appendPart(text, Text.of("problem.expected"), expected, language);
        appendPart(text, Text.of("problem.fix"), fix, language);
        return text.toString();
    }

    /** Its four parts as one readable block of English text. */
    @Override
    public String toString() {
        return in(Locale.ENGLISH);
    }

    private static void appendPart(StringBuilder text, Text name, Text part, Locale language) {
        String words = part.in(language);
        if (!words.isEmpty()) {
            text.append(System.lineSeparator())
                    .append("  ")
                    .append(name.in(language))
                    .append(": ");
            text.append(words.replace("\n", "\n    "));
        }
    }
}
