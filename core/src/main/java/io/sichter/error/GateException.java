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

    /** Makes one from its four parts, in English only. */
    public GateException(String problem, String received, String expected, String fix) {
        super(Problem.english(problem, received, expected, fix), 6);
    }

    /** Makes one from its four parts, in English only, keeping what caused it. */
    public GateException(String problem, String received, String expected, String fix, Throwable cause) {
        super(Problem.english(problem, received, expected, fix), 6, cause);
    }
}
