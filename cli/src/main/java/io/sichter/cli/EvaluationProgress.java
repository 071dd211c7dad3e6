package io.sichter.cli;

import io.sichter.evaluate.EvaluationListener;
import io.sichter.text.Text;

/** Shows how far an evaluation is, and what it has to say. */
record EvaluationProgress(Terminal terminal, CountProgress bar) implements EvaluationListener {
    @Override
    public void progress(int done, int total) {
        bar.update(done, total);
    }

    @Override
    public void advice(Text text) {
        terminal.message(Text.of("cli.note", text).in(terminal.language()));
    }
}
