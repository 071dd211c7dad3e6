package io.sichter.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The command line as a user starts it, with run directories in a folder that goes away afterwards. */
final class Launcher implements AutoCloseable {
    private final Path scratch;

    private Launcher(Path scratch) {
        this.scratch = scratch;
    }

    /** With a scratch folder of its own below {@code bench/target}. */
    static Launcher open() throws IOException {
        Path parent = Files.createDirectories(BenchOptions.root().resolve("bench/target/scratch"));
        return new Launcher(Files.createTempDirectory(parent, "run-"));
    }

    /** The folder that goes away. */
    Path scratch() {
        return scratch;
    }

    /** {@code ./sichter} and these arguments. */
    static List<String> command(List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(BenchOptions.root().resolve("sichter").toString());
        command.addAll(arguments);
        return command;
    }

    /** {@code ./sichter train DATA --json} and these arguments, its run directories below {@code runs}. */
    List<String> train(Path data, Path runs, List<String> arguments) {
        List<String> command = new ArrayList<>(command(List.of("train", data.toString(), "--json")));
        command.addAll(arguments);
        command.add("runs_dir=" + runs);
        return command;
    }

    @Override
    public void close() throws IOException {
        delete(scratch);
    }

    /** Deletes a folder and all below it. */
    static void delete(Path folder) throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
