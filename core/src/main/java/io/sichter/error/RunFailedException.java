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

    /** Makes one from its four parts, in English only. */
    public RunFailedException(String problem, String received, String expected, String fix) {
        super(Problem.english(problem, received, expected, fix), 1);
    }

    /** Makes one from its four parts, in English only, keeping what caused it. */
    public RunFailedException(String problem, String received, String expected, String fix, Throwable cause) {
        super(Problem.english(problem, received, expected, fix), 1, cause);
    }
}
