package io.sichter.cli;

import io.sichter.error.Problem;
import io.sichter.text.Text;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The two streams of the process and what can be shown on them. Results go to the first, everything else to the second.
 * The launcher says what is a terminal and how wide it is, for Java cannot know it for each stream alone.
 */
final class Terminal {
    private static final int DEFAULT_COLUMNS = 80;

    private final PrintStream out;
    private PrintStream err;
    private final boolean interactive;
    private final boolean coloured;
    private final Charset charset;
    private final int columns;
    private Locale language = Locale.ENGLISH;
    private boolean lineOpen;

    /**
     * Makes one.
     *
     * @param interactive whether the second stream is a terminal, on which a line can be drawn again
     */
    Terminal(PrintStream out, PrintStream err, boolean interactive, boolean coloured, Charset charset, int columns) {
        this.out = out;
        this.err = err;
        this.interactive = interactive;
        this.coloured = coloured;
        this.charset = charset;
        this.columns = columns;
    }

    /** The one of this process. */
    static Terminal ofProcess() {
        Charset charset = nativeCharset();
        boolean interactive = Boolean.getBoolean("sichter.terminal");
        String noColor = System.getenv("NO_COLOR");
        boolean coloured = interactive && (noColor == null || noColor.isEmpty());
        return new Terminal(
                new PrintStream(new FileOutputStream(FileDescriptor.out), true, charset),
                new PrintStream(new FileOutputStream(FileDescriptor.err), true, charset),
                interactive,
                coloured,
                charset,
                Integer.getInteger("sichter.columns", DEFAULT_COLUMNS));
    }

    private static Charset nativeCharset() {
        String name = System.getProperty("native.encoding", "UTF-8");
        try {
            return Charset.forName(name);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            return StandardCharsets.UTF_8;
        }
    }

    boolean interactive() {
        return interactive;
    }

    boolean coloured() {
        return coloured;
    }

    /** Whether more than ASCII can be shown. */
    boolean unicode() {
        return charset.equals(StandardCharsets.UTF_8);
    }

    /** The encoding of both streams. */
    Charset charset() {
        return charset;
    }

    /** In which language the person is spoken to. */
    Locale language() {
        return language;
    }

    /** From now on speaks this language. */
    void speak(Locale locale) {
        language = locale;
    }

    int columns() {
        return columns;
    }

    /** Columns that a result may take: those of the terminal it is shown on, any number elsewhere. */
    int resultColumns() {
        return Boolean.getBoolean("sichter.terminal.out") ? columns : Integer.MAX_VALUE;
    }

    /** Whether a person can be asked something. */
    boolean canAsk() {
        return interactive && Boolean.getBoolean("sichter.terminal.in");
    }

    /** Asks a question; only an answer that begins with the letter of yes in the person's language, or with y, is yes. */
    boolean confirm(Text question) {
        closeLine();
        err.print(printable(question.in(language)) + " ");
        err.flush();
        try {
            String answer = new BufferedReader(new InputStreamReader(System.in, charset)).readLine();
            String first = answer == null ? "" : answer.strip().toLowerCase(language);
            return first.startsWith("y") || first.startsWith(Text.of("cli.yes").in(language));
        } catch (IOException e) {
            return false; // who cannot be heard has not agreed
        }
    }

    /** From now on the second stream is this one, which shows what it is given at the same place. */
    synchronized void errorsTo(PrintStream stream) {
        err = stream;
    }

    /** Prints a result. */
    synchronized void result(String text) {
        closeLine();
        out.println(printable(text));
        out.flush();
    }

    /** Tells the person something in their language. */
    void message(Text text) {
        message(text.in(language));
    }

    /** Tells the person something; on a terminal this moves a line that is being drawn out of the way. */
    synchronized void message(String text) {
        clearLine();
        err.println(fitted(printable(text)));
    }

    /** As a message, in red where colours are shown up to the first line's end. */
    synchronized void error(Problem problem) {
        closeLine();
        String prefix = Text.of("cli.error").in(language) + ":";
        String safe = printable(problem.in(language));
        int end = safe.indexOf('\n') < 0 ? safe.length() : safe.indexOf('\n');
        String head = fitted(prefix + " " + safe.substring(0, end));
        String rest = fitted(safe.substring(end));
        err.println(
                coloured
                        ? "\u001B[31m" + prefix + "\u001B[0m\u001B[1m" + head.substring(prefix.length()) + "\u001B[0m"
                                + rest
                        : head + rest);
    }

    /** What is told is broken into lines between words on a terminal; a file or a log keeps it whole. */
    private String fitted(String text) {
        return interactive ? Wrap.words(text, columns) : text;
    }

    /** Draws a line again in place; only for a terminal. */
    synchronized void draw(String line) {
        err.print("\r" + line + "\u001B[K");
        err.flush();
        lineOpen = true;
    }

    /** Leaves the drawn line as it is and goes to the next. */
    synchronized void closeLine() {
        if (lineOpen) {
            err.println();
            lineOpen = false;
        }
    }

    /** Prints the whole trace of an error, for those who asked for it. */
    synchronized void trace(Throwable error) {
        closeLine();
        error.printStackTrace(err);
    }

    /** For picocli, which writes the help itself. */
    PrintStream out() {
        return out;
    }

    /** For picocli, which writes the help itself. */
    synchronized PrintStream err() {
        return err;
    }

    private void clearLine() {
        if (lineOpen) {
            err.print("\r\u001B[K");
            lineOpen = false;
        }
    }

    /** Names of files may hold anything: what could move the cursor or turn the text around is shown as a question mark. */
    static String printable(@Nullable String text) {
        StringBuilder safe = new StringBuilder();
        String.valueOf(text).codePoints().forEach(c -> {
            int type = Character.getType(c);
            boolean unsafe = (type == Character.CONTROL && c != '\n' && c != '\t' && c != '\r')
                    || type == Character.FORMAT
                    || type == Character.SURROGATE
                    || (c == '\r' && !System.lineSeparator().contains("\r"));
            safe.appendCodePoint(unsafe ? '?' : c);
        });
        return safe.toString();
    }
}
