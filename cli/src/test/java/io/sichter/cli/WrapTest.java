package io.sichter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class WrapTest {
    @Test
    void aLineThatFitsKeepsItsSpaces() {
        assertThat(Wrap.words("a   b\n  c  d", 8)).isEqualTo("a   b\n  c  d");
    }

    @Test
    void aLineThatDoesNotFitGoesOnWhereItBegan() {
        assertThat(Wrap.words("one two three", 8)).isEqualTo("one two\nthree");
        assertThat(Wrap.words("  one two three", 9)).isEqualTo("  one two\n  three");
        assertThat(Wrap.words("extraordinarily long", 8)).isEqualTo("extraordinarily\nlong");
    }

    @Test
    void messagesAreBrokenOnATerminalOnly() {
        assertThat(told(true)).isEqualTo("one two\nthree\n");
        assertThat(told(false)).isEqualTo("one two three\n");
    }

    private static String told(boolean interactive) {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(err, true, StandardCharsets.UTF_8);
        new Terminal(stream, stream, interactive, false, StandardCharsets.UTF_8, 8).message("one two three");
        return err.toString(StandardCharsets.UTF_8)
                .replace(System.lineSeparator(), "\n")
                .replace("\r\u001B[K", "");
    }
}
