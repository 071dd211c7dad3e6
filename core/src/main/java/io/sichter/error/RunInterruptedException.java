package io.sichter.error;

import io.sichter.text.Text;

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
                        Text.of("run.interrupted.problem"),
                        Text.verbatim(exitCode == 130 ? "Ctrl-C (SIGINT)" : "SIGTERM"),
                        Text.empty(),
                        Text.of("run.interrupted.fix", run)),
                exitCode);
    }
}
