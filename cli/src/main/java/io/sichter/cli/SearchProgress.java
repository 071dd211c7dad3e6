package io.sichter.cli;

import io.sichter.event.TrainEvent;
import io.sichter.search.SearchListener;
import io.sichter.text.Text;

/** Shows many runs one after the other: a line for each, and below it what training shows. */
final class SearchProgress implements SearchListener {
    private final Terminal terminal;
    private final boolean verbose;
    private TrainProgress run;

    SearchProgress(Terminal terminal, boolean verbose) {
        this.terminal = terminal;
        this.verbose = verbose;
        this.run = new TrainProgress(terminal, verbose, System::nanoTime);
    }

    @Override
    public void begins(String name, int number, int runs, boolean finished) {
        terminal.message(Text.of(finished ? "cli.search.finished" : "cli.search.begins", number, runs, name));
        run = new TrainProgress(terminal, verbose, System::nanoTime);
    }

    @Override
    public void on(TrainEvent event) {
        run.on(event);
    }
}
