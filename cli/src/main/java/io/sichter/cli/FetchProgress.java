package io.sichter.cli;

import io.sichter.published.FetchListener;
import io.sichter.text.Text;
import java.util.Locale;

/** Shows how far a file of weights is on its way, and what there is to say about it. */
record FetchProgress(Terminal terminal, ByteProgress bar) implements FetchListener {
    FetchProgress(Terminal terminal) {
        this(terminal, new ByteProgress(terminal, System::nanoTime));
    }

    @Override
    public void progress(Work work, String file, long done, long total) {
        bar.update(work.name().toLowerCase(Locale.ROOT), file, done, total);
    }

    @Override
    public void said(Text text) {
        terminal.message(Text.of("cli.note", text));
    }
}
