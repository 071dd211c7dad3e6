package io.sichter.error;

/** Wrong use: unknown option, key or model, a value out of range, no such device, not a run. Exit code 2. */
public final class UsageException extends SichterException {
    private static final long serialVersionUID = 1L;

    /** Makes one from its four parts. */
    public UsageException(String problem, String received, String expected, String fix) {
        super(new Problem(problem, received, expected, fix), 2);
    }

    /** Makes one from its four parts, keeping what caused it. */
    public UsageException(String problem, String received, String expected, String fix, Throwable cause) {
        super(new Problem(problem, received, expected, fix), 2, cause);
    }
}
