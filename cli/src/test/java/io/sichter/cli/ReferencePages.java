package io.sichter.cli;

import java.util.Locale;
import java.util.Map;

/** The reference in the guide, written from what the program knows of itself. */
final class ReferencePages {
    private ReferencePages() {}

    /** The pages by their paths below a language's folder. */
    static Map<String, String> all(Locale language) {
        return Map.of(
                "reference/commands.md", CommandReference.write(language),
                "reference/configuration.md", ConfigurationReference.write(language));
    }
}
