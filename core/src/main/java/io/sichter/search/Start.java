package io.sichter.search;

import io.sichter.error.Problem;
import io.sichter.error.UsageException;
import java.nio.file.Path;

/** The weights that all rivals of one seed begin with. */
public sealed interface Start {
    /** Fresh ones, drawn from the seed: the same for all rivals with the same network. */
    record Fresh() implements Start {}

    /**
     * Those of a short training before, as when a course saves a state after one epoch of SGD and lets every optimizer
     * go on from there.
     *
     * @param optimizer of that training
     * @param epochs its length
     * @param lr its constant learning rate; 0 for that of the comparison
     */
    record Warm(String optimizer, int epochs, double lr) implements Start {}

    /**
     * Those of a checkpoint, for every seed.
     *
     * @param path folder of the checkpoint, or a file of weights
     */
    record From(Path path) implements Start {}

    /**
     * Reads {@code OPTIMIZER:EPOCHS} or {@code OPTIMIZER:EPOCHS:LR}.
     *
     * @throws UsageException if it is none; whether there is such an optimizer is seen later
     */
    static Warm warm(String text) {
        String[] parts = text.split(":", -1);
        try {
            int epochs = parts.length < 2 ? 0 : Integer.parseInt(parts[1]);
            double lr = parts.length < 3 ? 0 : Double.parseDouble(parts[2]);
            if (parts.length <= 3 && !parts[0].isBlank() && epochs >= 1 && lr >= 0 && Double.isFinite(lr)) {
                return new Warm(parts[0], epochs, lr);
            }
        } catch (NumberFormatException e) {
            throw wrong(text);
        }
        throw wrong(text);
    }

    private static UsageException wrong(String text) {
        return new UsageException(Problem.of("search.compare.warm", text));
    }
}
