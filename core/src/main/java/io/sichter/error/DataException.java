package io.sichter.error;

/** The pictures are the problem: missing, empty, broken, or labelled in a way that cannot be trained. Exit code 3. */
public final class DataException extends SichterException {
    private static final long serialVersionUID = 1L;

    /** Makes one from its four parts. */
    public DataException(String problem, String received, String expected, String fix) {
        super(new Problem(problem, received, expected, fix), 3);
    }

    /** Makes one from its four parts, keeping what caused it. */
    public DataException(String problem, String received, String expected, String fix, Throwable cause) {
        super(new Problem(problem, received, expected, fix), 3, cause);
    }
}
