package io.sichter.error;

import java.util.Objects;

/**
 * One thing that is wrong, in the four parts every message of Sichter has.
 *
 * @param problem what is wrong, one short sentence without a final stop
 * @param received what came, verbatim where possible
 * @param expected what would have been right
 * @param fix what to do now
 */
public record Problem(String problem, String received, String expected, String fix) {
    /** Checks that no part is missing. */
    public Problem {
        Objects.requireNonNull(problem, "problem");
        Objects.requireNonNull(received, "received");
        Objects.requireNonNull(expected, "expected");
        Objects.requireNonNull(fix, "fix");
    }

    /** The four parts as one readable block of text. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(problem);
        appendPart(text, "received", received);
        appendPart(text, "expected", expected);
        appendPart(text, "fix", fix);
        return text.toString();
    }

    private static void appendPart(StringBuilder text, String name, String part) {
        if (!part.isEmpty()) {
            text.append(System.lineSeparator()).append("  ").append(name).append(": ");
            text.append(part.replace("\n", "\n    "));
        }
    }
}
