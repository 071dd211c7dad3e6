package io.sichter.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class TextTest {
    @Test
    void aNumberIsSaidPlainlyBesideTheWordThatFollowsIt() {
        assertThat(Text.of("bytes", 0).in(Locale.ENGLISH)).isEqualTo("0 bytes");
        assertThat(Text.of("bytes", 1).in(Locale.ENGLISH)).isEqualTo("1 byte");
        assertThat(Text.of("bytes", 1234567).in(Locale.ENGLISH)).isEqualTo("1234567 bytes");
        assertThat(Text.of("bytes", 1234567).in(Locale.GERMAN)).isEqualTo("1234567 Bytes");
    }

    @Test
    void aTextInATextIsSaidInTheSameLanguage() {
        Text text = Text.of("suggestion", Text.of("or", Text.quoted("lr"), Text.quoted("eps")));

        assertThat(text.in(Locale.ENGLISH))
                .isEqualTo("Did you mean \"lr\" or \"eps\"?")
                .isEqualTo(text.toString());
        assertThat(text.in(Locale.GERMAN)).isEqualTo("Meintest du „lr“ oder „eps“?");
        assertThat(Text.joined("; ", List.of(Text.verbatim("x"), Text.of("number")))
                        .in(Locale.GERMAN))
                .isEqualTo("x; eine Zahl");
    }

    @Test
    void whatCouldChangeIsSaidAsItWas() {
        StringBuilder picture = new StringBuilder("open");
        Text text = Text.of("quoted", picture);
        picture.replace(0, 4, "closed");

        assertThat(text.in(Locale.ENGLISH)).isEqualTo("\"open\"");
    }

    @Test
    void insideASentenceOnlyEnglishBeginsSmall() {
        Text text = Text.of("config.unknown_key", "sed").inSentence();

        assertThat(text.in(Locale.ENGLISH)).isEqualTo("unknown key \"sed\"").isEqualTo(text.toString());
        assertThat(text.in(Locale.GERMANY)).isEqualTo("Unbekannter Schlüssel „sed“");
        assertThat(Text.empty().inSentence().in(Locale.ENGLISH)).isEmpty();
    }

    @Test
    void whatHasNoGermanIsSaidInEnglishAndWhatIsMissingIsRefusedWhenItIsMade() {
        assertThat(Text.of("number").in(Locale.JAPANESE)).isEqualTo("a number");
        assertThat(Text.verbatim("{0} it''s").in(Locale.GERMAN)).isEqualTo("{0} it''s");
        assertThat(Text.of("about", "{1}", "it''s").in(Locale.GERMAN)).isEqualTo("{1}: it''s");
        assertThatThrownBy(() -> Text.of("no.such.key")).hasMessageContaining("no.such.key");
    }
}
