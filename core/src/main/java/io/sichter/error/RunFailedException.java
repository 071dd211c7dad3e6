package io.sichter.error;

/** The run failed: loss not finite, native failure, anything unexpected. Exit code 1. */
public final class RunFailedException extends SichterException {
    private static final long serialVersionUID = 1L;

    /** Makes one from its four parts. */
    public RunFailedException(String problem, String received, String expected, String fix) {
        super(new Problem(problem, received, expected, fix), 1);
    }

    /** Makes one from its four parts, keeping what caused it. */
    public RunFailedException(String problem, String received, String expected, String fix, Throwable cause) {
        super(new Problem(problem, received, expected, fix), 1, cause);
    }
}
