package io.sichter.error;

/** The pictures are the problem: missing, empty, broken, or labelled in a way that cannot be trained. Exit code 3. */
public final class DataException extends SichterException {
    private static final long serialVersionUID = 1L;

    /** Makes one. */
    public DataException(Problem problem) {
        super(problem, 3);
    }

    /** Makes one, keeping what caused it. */
    public DataException(Problem problem, Throwable cause) {
        super(problem, 3, cause);
    }

    /** Makes one from its four parts, in English only. */
    public DataException(String problem, String received, String expected, String fix) {
        super(Problem.english(problem, received, expected, fix), 3);
    }

    /** Makes one from its four parts, in English only, keeping what caused it. */
    public DataException(String problem, String received, String expected, String fix, Throwable cause) {
        super(Problem.english(problem, received, expected, fix), 3, cause);
    }
}
