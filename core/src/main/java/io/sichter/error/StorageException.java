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

    /** Makes one from its four parts, in English only. */
    public StorageException(String problem, String received, String expected, String fix) {
        super(Problem.english(problem, received, expected, fix), 5);
    }

    /** Makes one from its four parts, in English only, keeping what caused it. */
    public StorageException(String problem, String received, String expected, String fix, Throwable cause) {
        super(Problem.english(problem, received, expected, fix), 5, cause);
    }
}
