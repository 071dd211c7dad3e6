package io.sichter.error;

/**
 * Root of everything that Sichter throws on purpose. Unchecked; each kind has one exit code of the command line.
 *
 * <p>The message is {@link Problem#toString()}, so that an application that only prints the message says all of it.
 */
public abstract sealed class SichterException extends RuntimeException
        permits DataException,
                GateException,
                MemoryException,
                RunFailedException,
                RunInterruptedException,
                StorageException,
                UsageException {
    private static final long serialVersionUID = 1L;

    private final transient Problem problem;
    private final int exitCode;

    SichterException(Problem problem, int exitCode, Throwable cause) {
        super(problem.toString(), cause);
        this.problem = problem;
        this.exitCode = exitCode;
    }

    SichterException(Problem problem, int exitCode) {
        super(problem.toString());
        this.problem = problem;
        this.exitCode = exitCode;
    }

    /** What is wrong, in its four parts. */
    public Problem problem() {
        return problem;
    }

    /** The exit code of the command line for this kind of failure. */
    public int exitCode() {
        return exitCode;
    }
}
