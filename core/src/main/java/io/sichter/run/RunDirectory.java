package io.sichter.run;

import io.sichter.error.Problem;
import io.sichter.error.StorageException;
import io.sichter.error.UsageException;
import io.sichter.storage.DurableFiles;
import io.sichter.storage.RunLock;
import io.sichter.text.Text;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.function.Consumer;

/**
 * One run on disk: the only interface between training and everything after it. This class knows where things lie; what
 * they contain is known by the classes named beside them.
 */
public record RunDirectory(Path path) {
    /** Status of a run that a process is working on, or was when it was killed. */
    public static final String RUNNING = "running";

    /** Status of a run that did all its epochs. */
    public static final String FINISHED = "finished";

    /** Status of a run that was asked to stop and saved its state. */
    public static final String INTERRUPTED = "interrupted";

    /**
     * Makes the directory of a new run: {@code NAME}, or {@code NAME-2}, {@code NAME-3} ... when that exists. It appears
     * with its first records in it, or not at all.
     *
     * @param existOk take {@code NAME} even if it exists and delete the run that is in it
     * @param records writes the first records
     * @throws StorageException if it cannot be made, or is in use
     * @throws UsageException if something that is not a run would be replaced
     */
    public static RunDirectory create(Path runs, String name, boolean existOk, Consumer<RunDirectory> records) {
        checkName(name);
        DurableFiles.makeFolder(runs);
        Path temporary = runs.resolve(DurableFiles.TEMPORARY_PREFIX + name + "-"
                + ProcessHandle.current().pid());
        DurableFiles.deleteTree(temporary); // of a killed process that had the same number
        DurableFiles.makeFolder(temporary);
        try {
            records.accept(new RunDirectory(temporary));
            if (existOk) {
                replace(runs.resolve(name));
            }
            Path target = runs.resolve(name);
            for (int n = 2; !moved(temporary, target); n++) {
                target = runs.resolve(name + "-" + n);
            }
            return new RunDirectory(target);
        } catch (RuntimeException e) {
            DurableFiles.deleteTree(temporary);
            throw e;
        }
    }

    /**
     * Opens an existing run.
     *
     * @throws UsageException if the path is not a run
     */
    public static RunDirectory open(Path path) {
        if (!Files.isRegularFile(path.resolve("run.yaml"))) {
            String received = Files.exists(path) ? "run.lacks" : "run.absent";
            throw new UsageException(Problem.of("run.not_a_run", Text.of(received, path, "run.yaml")));
        }
        return new RunDirectory(path);
    }

    /** The resolved configuration: every section and default. */
    public Path config() {
        return path.resolve("run.yaml");
    }

    /** Class names, one a line, in the order of the outputs. */
    public Path classes() {
        return path.resolve("classes.txt");
    }

    /** Which picture is in which split. */
    public Path split() {
        return path.resolve("split.csv");
    }

    /** Pictures that were left out, and why. */
    public Path badImages() {
        return path.resolve("bad-images.csv");
    }

    /** One row per epoch; no times in it, so that a repeated run is byte-equal. */
    public Path metrics() {
        return path.resolve("metrics.csv");
    }

    /** Times and memory, one row per epoch. */
    public Path timings() {
        return path.resolve("timings.csv");
    }

    /** How pictures are normalised and the statistics of the training split. */
    public Path statistics() {
        return path.resolve("statistics.json");
    }

    /** Training pictures of each class, and how much one of them weighs where {@code balance.mode} weighs. */
    public Path balance() {
        return path.resolve("balance.csv");
    }

    /** Every event of the run, one JSON object a line. */
    public Path events() {
        return path.resolve("events.jsonl");
    }

    /** Versions, machine, seed, command and fingerprint of the data. */
    public Path provenance() {
        return path.resolve("provenance.json");
    }

    /** The checkpoints; see {@link CheckpointStore}. */
    public Path checkpoints() {
        return path.resolve("checkpoints");
    }

    /** What evaluation, prediction and export load; see {@link ModelBundle}. */
    public Path bundle() {
        return path.resolve("bundle");
    }

    /** Pictures for people: curves, confusion matrix, grids. */
    public Path plots() {
        return path.resolve("plots");
    }

    /**
     * What the network says of each picture of a split; see {@link PredictionsWriter}.
     *
     * @param name {@code val}, {@code test} ..., or a name for pictures from elsewhere
     */
    public Path predictions(String name) {
        return path.resolve("predictions").resolve(name + ".csv");
    }

    /** The pictures of the first training batch one below the other, as they were made before normalisation. */
    public Path firstBatch() {
        return path.resolve("first-batch.png");
    }

    /** File and class of each picture of the first training batch; where pictures are mixed, their shares. */
    public Path firstBatchLabels() {
        return path.resolve("first-batch.csv");
    }

    /** Takes the right to write to this run. */
    public RunLock lock() {
        return RunLock.take(lockFile());
    }

    /** Whether a process is writing to this run now. */
    public boolean inUse() {
        return RunLock.isHeld(lockFile());
    }

    private Path lockFile() {
        return path.resolve("run.lock");
    }

    /** What a person wrote about this run; empty if nothing. */
    public String note() {
        Path file = path.resolve("note.txt");
        return Files.isRegularFile(file) ? DurableFiles.read(file).strip() : "";
    }

    /** Sets what {@link #note()} gives; an empty text takes it away. A run may be in use meanwhile. */
    public void note(String text) {
        if (text.isBlank()) {
            DurableFiles.deleteTree(path.resolve("note.txt"));
        } else {
            DurableFiles.write(path.resolve("note.txt"), text.strip() + "\n");
        }
    }

    /**
     * Deletes the run with everything in it. It disappears at once; what a crash leaves of it is no run.
     *
     * @throws StorageException if it is in use
     */
    public void delete() {
        lock().close();
        Path name = path.toAbsolutePath().normalize().getFileName();
        Path temporary = path.resolveSibling(DurableFiles.TEMPORARY_PREFIX + "deleted-" + name + "-"
                + ProcessHandle.current().pid());
        DurableFiles.commit(path, temporary);
        DurableFiles.deleteTree(temporary);
    }

    /** Sets the status: one of the constants, or {@code failed: <one line>}. */
    public void status(String status) {
        DurableFiles.write(path.resolve("STATUS"), status.replace('\n', ' ') + "\n");
    }

    /** The status as it was last set; {@value #RUNNING} also after the process was killed. */
    public String status() {
        return DurableFiles.read(path.resolve("STATUS")).strip();
    }

    /** Renames a folder unless the name is taken; of two processes only one gets the name. */
    private static boolean moved(Path temporary, Path target) {
        if (Files.exists(target)) {
            return false;
        }
        try {
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
            return true;
        } catch (IOException e) {
            if (Files.exists(target)) {
                return false; // another process was faster
            }
            throw DurableFiles.failure("make the folder", target, e);
        }
    }

    /** Deletes an earlier run, but nothing that is not one, and none that is in use. */
    private static void replace(Path path) {
        if (!Files.exists(path)) {
            return;
        }
        if (!Files.isRegularFile(path.resolve("run.yaml"))) {
            throw new UsageException(Problem.of("run.not_replaced", path));
        }
        new RunDirectory(path).delete();
    }

    private static void checkName(String name) {
        if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,99}")) {
            throw new UsageException(Problem.of("run.name", name));
        }
    }
}
