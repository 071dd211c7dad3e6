package io.sichter.error;

/** A quality gate was missed. Exit code 6. */
public final class GateException extends SichterException {
    private static final long serialVersionUID = 1L;

    /** Makes one from its four parts. */
    public GateException(String problem, String received, String expected, String fix) {
        super(new Problem(problem, received, expected, fix), 6);
    }

    /** Makes one from its four parts, keeping what caused it. */
    public GateException(String problem, String received, String expected, String fix, Throwable cause) {
        super(new Problem(problem, received, expected, fix), 6, cause);
    }
}
