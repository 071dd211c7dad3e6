package io.sichter.cli.doctor;

import io.sichter.text.Text;

/**
 * What one check found.
 *
 * @param check its name, part of the interface of {@code --json}
 * @param level how good that is
 * @param found what was found
 * @param fix what to do about it; empty if nothing
 */
public record Finding(String check, Level level, Text found, Text fix) {
    /** How good a finding is. */
    public enum Level {
        /** As it should be. */
        OK,
        /** It works, but slower or not everywhere. */
        WARNING,
        /** It keeps Sichter from working. */
        PROBLEM
    }

    static Finding ok(String check, Object... arguments) {
        return well(check, "ok", arguments);
    }

    /** As it should be, in other words than usual: the text is {@code doctor.CHECK.KIND}. */
    static Finding well(String check, String kind, Object... arguments) {
        return new Finding(check, Level.OK, Text.of("doctor." + check + "." + kind, arguments), Text.empty());
    }

    static Finding warning(String check, String kind, Object... arguments) {
        return of(check, Level.WARNING, kind, arguments);
    }

    static Finding problem(String check, String kind, Object... arguments) {
        return of(check, Level.PROBLEM, kind, arguments);
    }

    /** The texts are {@code doctor.CHECK.KIND} and {@code doctor.CHECK.KIND.fix}. */
    private static Finding of(String check, Level level, String kind, Object... arguments) {
        String key = "doctor." + check + "." + kind;
        return new Finding(check, level, Text.of(key, arguments), Text.of(key + ".fix", arguments));
    }
}
