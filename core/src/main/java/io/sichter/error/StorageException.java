package io.sichter.error;

/** Storage failed: disk full, read-only, checkpoint damaged, run in use by another process. Exit code 5. */
public final class StorageException extends SichterException {
    private static final long serialVersionUID = 1L;

    /** Makes one. */
    public StorageException(Problem problem) {
        super(problem, 5);
    }

    /** Makes one, keeping what caused it. */
    public StorageException(Problem problem, Throwable cause) {
        super(problem, 5, cause);
    }
}
