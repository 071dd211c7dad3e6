package io.sichter.evaluate;

/** Told how far an evaluation is. */
@FunctionalInterface
public interface EvaluationListener {
    /** Called after each batch with the batches done and their total. */
    void progress(int done, int total);

    /** Listens to nothing. */
    static EvaluationListener none() {
        return (done, total) -> {};
    }
}
