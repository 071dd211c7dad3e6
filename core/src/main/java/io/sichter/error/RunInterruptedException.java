package io.sichter.error;

/** A run that was asked to stop, finished its step and saved. Exit code 130 (Ctrl-C) or 143 (SIGTERM). */
public final class RunInterruptedException extends SichterException {
    private static final long serialVersionUID = 1L;

    /**
     * Makes one.
     *
     * @param exitCode 130 or 143
     * @param run where the run was saved
     */
    public RunInterruptedException(int exitCode, String run) {
        super(
                new Problem(
                        "The run was interrupted and saved",
                        exitCode == 130 ? "Ctrl-C (SIGINT)" : "SIGTERM",
                        "",
                        "Continue it with: sichter resume " + run),
                exitCode);
    }
}
