package io.sichter.error;

/** Not enough memory: refused by the estimate, or run out of. Exit code 4. */
public final class MemoryException extends SichterException {
    private static final long serialVersionUID = 1L;

    /** Makes one from its four parts. */
    public MemoryException(String problem, String received, String expected, String fix) {
        super(new Problem(problem, received, expected, fix), 4);
    }

    /** Makes one from its four parts, keeping what caused it. */
    public MemoryException(String problem, String received, String expected, String fix, Throwable cause) {
        super(new Problem(problem, received, expected, fix), 4, cause);
    }
}
