package io.sichter.cli;

/** The only main. */
public final class Main {
    private Main() {}

    /** Runs one command and ends the process with its exit code. */
    public static void main(String[] args) {
        System.exit(new CommandLineInterface(Terminal.ofProcess()).run(args));
    }
}
