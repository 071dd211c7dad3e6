package io.sichter.error;

/** Wrong use: unknown option, key or model, a value out of range, no such device, not a run. Exit code 2. */
public final class UsageException extends SichterException {
    private static final long serialVersionUID = 1L;

    /** Makes one. */
    public UsageException(Problem problem) {
        super(problem, 2);
    }

    /** Makes one, keeping what caused it. */
    public UsageException(Problem problem, Throwable cause) {
        super(problem, 2, cause);
    }
}
