package io.sichter.error;

/** A quality gate was missed. Exit code 6. */
public final class GateException extends SichterException {
    private static final long serialVersionUID = 1L;

    /** Makes one. */
    public GateException(Problem problem) {
        super(problem, 6);
    }

    /** Makes one, keeping what caused it. */
    public GateException(Problem problem, Throwable cause) {
        super(problem, 6, cause);
    }
}
