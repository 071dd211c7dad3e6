package io.sichter.cli;

import io.sichter.text.Text;
import java.util.List;
import java.util.function.LongSupplier;

/** The bar of something that is only counted: files looked at, pictures predicted. */
final class CountProgress {
    private static final long REDRAW_NANOS = 100_000_000;

    private final Terminal terminal;
    private final String label;
    private final LongSupplier clock;
    private final long start;
    private long drawn;

    /** Begins it. The clock gives nanoseconds. */
    CountProgress(Terminal terminal, Text label, LongSupplier clock) {
        this.terminal = terminal;
        this.label = label.in(terminal.language());
        this.clock = clock;
        this.start = clock.getAsLong();
        this.drawn = start - REDRAW_NANOS;
    }

    /** Shows how far it is. Without a terminal only the end is worth a line. */
    void update(int done, int total) {
        long now = clock.getAsLong();
        double seconds = (now - start) * 1e-9;
        if (!terminal.interactive()) {
            if (done == total) {
                terminal.message(ProgressLine.plain(label, total, seconds, ""));
            }
        } else if (done == total || now - drawn >= REDRAW_NANOS) {
            drawn = now;
            terminal.draw(ProgressLine.format(
                    List.of(label), done, total, seconds, "", terminal.columns() - 1, terminal.unicode()));
            if (done == total) {
                terminal.closeLine();
            }
        }
    }
}
