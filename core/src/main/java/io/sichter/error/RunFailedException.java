package io.sichter.error;

/** The run failed: loss not finite, native failure, anything unexpected. Exit code 1. */
public final class RunFailedException extends SichterException {
    private static final long serialVersionUID = 1L;

    /** Makes one. */
    public RunFailedException(Problem problem) {
        super(problem, 1);
    }

    /** Makes one, keeping what caused it. */
    public RunFailedException(Problem problem, Throwable cause) {
        super(problem, 1, cause);
    }
}
