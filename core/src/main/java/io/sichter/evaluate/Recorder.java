package io.sichter.evaluate;

import io.sichter.error.StorageException;
import io.sichter.run.PredictionsWriter;
import io.sichter.text.Text;
import io.sichter.train.PredictionListener;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Writes down what is said of each picture, where there is a place for it. A run on a disk that cannot be written to can
 * still be judged: the person is told once, and nothing is written.
 */
final class Recorder implements PredictionListener, AutoCloseable {
    private final EvaluationListener listener;
    private final @Nullable Path file;
    private @Nullable PredictionsWriter writer;

    private Recorder(EvaluationListener listener, @Nullable Path file) {
        this.listener = listener;
        this.file = file;
    }

    /** One that writes this file, or none. */
    static Recorder open(Optional<Path> file, List<String> classes, EvaluationListener listener) {
        Recorder recorder = new Recorder(listener, file.orElse(null));
        file.ifPresent(path -> recorder.attempt(() -> recorder.writer = new PredictionsWriter(path, classes)));
        return recorder;
    }

    @Override
    public void on(String picture, int truth, int prediction, float[] probabilities) {
        PredictionsWriter open = writer;
        if (open != null) {
            attempt(() -> open.add(picture, truth, prediction, probabilities));
        }
    }

    /** Puts the file in its place. */
    Optional<Path> commit() {
        PredictionsWriter open = writer;
        if (open != null) {
            attempt(open::commit);
        }
        return writer == null ? Optional.empty() : Optional.ofNullable(file);
    }

    private void attempt(Runnable writing) {
        try {
            writing.run();
        } catch (StorageException e) {
            close();
            listener.advice(Text.of("evaluate.not_recorded", e.problem().received()));
        }
    }

    @Override
    public void close() {
        PredictionsWriter open = writer;
        writer = null;
        if (open != null) {
            try {
                open.close();
            } catch (StorageException e) {
                listener.advice(Text.of("evaluate.not_recorded", e.problem().received()));
            }
        }
    }
}
