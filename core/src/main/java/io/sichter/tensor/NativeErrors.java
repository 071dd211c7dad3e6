package io.sichter.tensor;

import io.sichter.error.MemoryException;
import io.sichter.error.Problem;
import io.sichter.error.RunFailedException;
import java.util.List;
import java.util.Locale;

/** What libtorch throws, said in Sichter's words. The one place that knows libtorch's messages. */
public final class NativeErrors {
    private static final List<String> OUT_OF_MEMORY =
            List.of("out of memory", "can't allocate memory", "bad_alloc", "not enough memory");

    private NativeErrors() {}

    /**
     * Translates an exception of libtorch; any other comes back as it is.
     *
     * <p>libtorch's exceptions reach Java as {@link RuntimeException} itself, never as one of its subclasses, with the
     * message and a trace of C++.
     *
     * @return {@link MemoryException} if memory ran out, {@link RunFailedException} with the first line of the message
     *     for anything else that is native; the cause is kept
     */
    public static RuntimeException translate(RuntimeException error) {
        if (error.getClass() != RuntimeException.class) {
            return error;
        }
        String message = firstLine(String.valueOf(error.getMessage()));
        String lower = message.toLowerCase(Locale.ROOT);
        if (OUT_OF_MEMORY.stream().anyMatch(lower::contains)) {
            return new MemoryException(Problem.of("tensor.memory", message), error);
        }
        return new RunFailedException(Problem.of("tensor.failed", message), error);
    }

    private static String firstLine(String message) {
        int end = message.indexOf('\n');
        return (end < 0 ? message : message.substring(0, end)).trim();
    }
}
