package io.sichter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The reference in the guide is what the program says of itself. */
class ReferencePagesTest {
    private static final String COMMAND = "./mvnw -pl core,cli test -Dtest=ReferencePagesTest"
            + " -Dsurefire.failIfNoSpecifiedTests=false -Dsichter.write=true";

    @ParameterizedTest
    @ValueSource(strings = {"en", "de"})
    void thePagesAreWhatTheProgramSays(String language) throws IOException {
        for (Map.Entry<String, String> page :
                ReferencePages.all(Locale.forLanguageTag(language)).entrySet()) {
            Path file = GuidePage.root().resolve(language).resolve(page.getKey());
            if (Boolean.getBoolean("sichter.write")) {
                Files.createDirectories(file.getParent());
                Files.writeString(file, page.getValue());
            }
            assertThat(Files.exists(file) ? Files.readString(file) : "")
                    .as(file + " is out of date; write it anew with: " + COMMAND)
                    .isEqualTo(page.getValue());
        }
    }
}
