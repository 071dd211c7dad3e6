package io.sichter.run;

import io.sichter.storage.DurableFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The folder that runs are made in.
 *
 * @param path it need not exist
 */
public record RunFolder(Path path) {
    /** Later runs first; of those that started in the same second, the one whose name was made later. */
    public static final Comparator<RunSummary> NEWEST_FIRST = Comparator.comparing(RunSummary::started)
            .thenComparing(run -> run.name().length())
            .thenComparing(RunSummary::name)
            .reversed();

    /** Names of the runs, sorted. */
    public List<String> names() {
        if (!Files.isDirectory(path)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(path)) {
            return entries.filter(RunFolder::isRun)
                    .map(run -> run.getFileName().toString())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw DurableFiles.failure("list", path, e);
        }
    }

    /** What each run says about itself, sorted by name. */
    public List<RunSummary> runs() {
        return names().parallelStream().map(this::run).map(RunSummary::of).toList();
    }

    /** The run of a name. */
    public RunDirectory run(String name) {
        return new RunDirectory(path.resolve(name));
    }

    private static boolean isRun(Path entry) {
        return !entry.getFileName().toString().startsWith(DurableFiles.TEMPORARY_PREFIX)
                && Files.isRegularFile(entry.resolve("run.yaml"));
    }
}
