package io.sichter.evaluate;

import io.sichter.text.Text;

/** Told how far an evaluation is. */
@FunctionalInterface
public interface EvaluationListener {
    /** Called after each batch with the batches done and their total. */
    void progress(int done, int total);

    /** Called with something a person should know. */
    default void advice(Text text) {}

    /** Listens to nothing. */
    static EvaluationListener none() {
        return (done, total) -> {};
    }
}
