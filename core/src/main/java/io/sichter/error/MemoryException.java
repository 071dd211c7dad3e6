package io.sichter.error;

/** Not enough memory: refused by the estimate, or run out of. Exit code 4. */
public final class MemoryException extends SichterException {
    private static final long serialVersionUID = 1L;

    /** Makes one. */
    public MemoryException(Problem problem) {
        super(problem, 4);
    }

    /** Makes one, keeping what caused it. */
    public MemoryException(Problem problem, Throwable cause) {
        super(problem, 4, cause);
    }
}
