package io.sichter.bench;

import java.io.PrintStream;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What every benchmark understands. */
public final class BenchOptions {
    @Option(names = "--rounds", description = "rounds that count, at least 5 (default: ${DEFAULT-VALUE})")
    private int rounds = Interleaved.LEAST_ROUNDS;

    @Option(names = "--warm-up", description = "rounds before them; each benchmark has a sensible number of its own")
    private @Nullable Integer warmUp;

    @Option(names = "--json", description = "print one JSON object on stdout, the table on stderr")
    private boolean json;

    /** Runs a comparison with the rounds asked for and prints what it gave. */
    public Comparison run(Interleaved interleaved) throws Exception {
        if (warmUp != null) {
            interleaved.warmUp(warmUp);
        }
        Comparison comparison =
                interleaved.rounds(rounds).progress(System.err::println).run();
        PrintStream forPeople = json ? System.err : System.out;
        forPeople.print(comparison.table());
        forPeople.flush();
        if (json) {
            System.out.println(comparison.json());
        }
        return comparison;
    }

    /** The project's root folder, which {@code bench/run} names. */
    public static Path root() {
        return Path.of(System.getProperty("sichter.root", ".")).toAbsolutePath().normalize();
    }

    /** Where the built-in Python peers are, {@code bench/peers}. */
    public static Path ownPeers() {
        return root().resolve("bench").resolve("peers");
    }
}
