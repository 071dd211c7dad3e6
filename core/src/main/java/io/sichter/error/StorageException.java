package io.sichter.error;

/** Storage failed: disk full, read-only, checkpoint damaged, run in use by another process. Exit code 5. */
public final class StorageException extends SichterException {
    private static final long serialVersionUID = 1L;

    /** Makes one from its four parts. */
    public StorageException(String problem, String received, String expected, String fix) {
        super(new Problem(problem, received, expected, fix), 5);
    }

    /** Makes one from its four parts, keeping what caused it. */
    public StorageException(String problem, String received, String expected, String fix, Throwable cause) {
        super(new Problem(problem, received, expected, fix), 5, cause);
    }
}
