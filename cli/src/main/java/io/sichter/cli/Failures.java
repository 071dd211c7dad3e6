package io.sichter.cli;

import io.sichter.error.Problem;
import io.sichter.error.SichterException;
import picocli.CommandLine.ParameterException;

/** Everything that can go wrong, as one message in four parts and an exit code. */
final class Failures {
    static final int UNEXPECTED = 1;
    static final int USAGE = 2;
    static final int DATA = 3;
    static final int MEMORY = 4;
    static final int GATE = 6;

    private final Terminal terminal;
    private final boolean json;
    private final boolean verbose;

    Failures(Terminal terminal, boolean json, boolean verbose) {
        this.terminal = terminal;
        this.json = json;
        this.verbose = verbose;
    }

    /** A command line that cannot be understood. */
    int usage(ParameterException error) {
        for (Throwable cause = error.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof SichterException known) { // picocli wraps what an option's method throws
                return say(known.problem(), error, known.exitCode());
            }
        }
        return say(UsageProblems.of(error), error, USAGE);
    }

    /** Whatever a command threw. */
    int report(Throwable error) {
        if (error instanceof SichterException known) {
            return say(known.problem(), error, known.exitCode());
        }
        if (error instanceof OutOfMemoryError) {
            return say(
                    Problem.of(
                            "cli.memory",
                            String.valueOf(error.getMessage()),
                            Runtime.getRuntime().maxMemory() / (1 << 20)),
                    error,
                    MEMORY);
        }
        return say(
                Problem.of("cli.internal", error.getClass().getSimpleName(), String.valueOf(error.getMessage())),
                error,
                UNEXPECTED);
    }

    private int say(Problem problem, Throwable error, int exitCode) {
        terminal.error(problem);
        if (verbose) {
            terminal.trace(error);
        }
        if (json) {
            terminal.result(Json.error(problem, terminal.language()));
        }
        return exitCode;
    }
}
