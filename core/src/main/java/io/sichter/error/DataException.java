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
}
