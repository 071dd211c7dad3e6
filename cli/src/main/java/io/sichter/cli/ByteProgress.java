package io.sichter.cli;

import io.sichter.text.Text;
import java.util.function.LongSupplier;

/** The bar of something that is measured in bytes. It appears only when the wait is long enough to wonder. */
final class ByteProgress {
    /** What is over sooner needs no bar. */
    static final long PATIENCE_NANOS = 1_000_000_000;

    private static final long REDRAW_NANOS = 100_000_000;

    private final Terminal terminal;
    private final LongSupplier clock;
    private String work = "";
    private long start;
    private long drawn;

    /** Waits for the first bytes. The clock gives nanoseconds. */
    ByteProgress(Terminal terminal, LongSupplier clock) {
        this.terminal = terminal;
        this.clock = clock;
    }

    /**
     * Shows how far it is. Without a terminal only the end of something long is worth a line.
     *
     * @param kind {@code download}, {@code hash} or {@code copy}
     * @param total bytes in all, 0 if unknown; done when equal
     */
    synchronized void update(String kind, String file, long done, long total) {
        long now = clock.getAsLong();
        String current = kind + " " + file;
        if (!current.equals(work)) {
            work = current;
            start = now;
            drawn = now;
        }
        boolean over = done == total;
        if (now - start >= PATIENCE_NANOS && (over || (terminal.interactive() && now - drawn >= REDRAW_NANOS))) {
            drawn = now;
            show(Text.of("cli.weights." + kind, file).in(terminal.language()), done, total, (now - start) * 1e-9);
        }
        if (over) {
            terminal.closeLine();
            work = "";
        }
    }

    private void show(String label, long done, long total, double seconds) {
        if (terminal.interactive()) {
            terminal.draw(ProgressLine.bytes(label, done, total, seconds, terminal.columns() - 1, terminal.unicode()));
        } else {
            terminal.message(ProgressLine.bytes(label, done, total, seconds, 120, terminal.unicode()));
        }
    }
}
