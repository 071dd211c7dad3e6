package io.sichter.tensor;

import java.util.function.Supplier;
import org.bytedeco.pytorch.NoGradGuard;

/** Code during which the calling thread records nothing for a backward pass: evaluation, and changes to parameters. */
public final class NoGrad {
    private NoGrad() {}

    /** Runs something without recording. */
    @SuppressWarnings("try") // the guard works by being open, not by being called
    public static void run(Runnable body) {
        try (NoGradGuard guard = new NoGradGuard()) {
            body.run();
        }
    }

    /** Runs something without recording and gives what it gave. */
    @SuppressWarnings("try") // the guard works by being open, not by being called
    public static <T> T call(Supplier<T> body) {
        try (NoGradGuard guard = new NoGradGuard()) {
            return body.get();
        }
    }
}
