package io.sichter.train;

import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Asks a run to stop. The run finishes its step, saves and ends with {@link io.sichter.error.RunInterruptedException}.
 * May be set from any thread, a signal handler included.
 */
public final class StopSignal {
    private final AtomicInteger exitCode = new AtomicInteger();

    /**
     * Asks the run to stop; only the first request counts.
     *
     * @param code exit code of the process afterwards: 130 for Ctrl-C, 143 for SIGTERM
     */
    public void request(int code) {
        exitCode.compareAndSet(0, code);
    }

    /** The exit code of the request, if there was one. */
    public OptionalInt requested() {
        int code = exitCode.get();
        return code == 0 ? OptionalInt.empty() : OptionalInt.of(code);
    }
}
