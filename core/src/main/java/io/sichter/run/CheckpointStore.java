package io.sichter.run;

import io.sichter.error.Problem;
import io.sichter.error.StorageException;
import io.sichter.storage.Digests;
import io.sichter.storage.DurableFiles;
import io.sichter.storage.Manifest;
import io.sichter.storage.Safetensors;
import io.sichter.storage.TensorBytes;
import io.sichter.storage.TensorSource;
import io.sichter.text.Text;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The checkpoints of a run: immutable folders, each complete or absent, and the one-line files {@code last} and
 * {@code best} that name one of them. A checkpoint appears by a single rename after everything in it is on disk.
 */
public final class CheckpointStore {
    private static final String MODEL = "model.safetensors";
    private static final String OPTIMIZER = "optimizer.safetensors";
    private static final String AVERAGED = "averaged.safetensors";
    private static final String STATE = "state.json";

    private final Path folder;

    /** The checkpoints of a run. */
    public CheckpointStore(RunDirectory run) {
        this.folder = run.checkpoints();
    }

    /**
     * A complete checkpoint that was read back and verified.
     *
     * @param path its folder
     * @param averaged the mean of the weights over time; empty if there was none
     * @param rejected newer checkpoints that are damaged, and what is wrong with each
     */
    public record Loaded(
            Path path,
            TrainState state,
            List<TensorBytes> model,
            List<TensorBytes> optimizer,
            List<TensorBytes> averaged,
            List<Text> rejected) {}

    /**
     * The tensors of a checkpoint.
     *
     * @param averaged the mean of the weights over time; empty if there is none
     */
    public record Tensors(
            List<? extends TensorSource> model,
            List<? extends TensorSource> optimizer,
            List<? extends TensorSource> averaged) {}

    /** Name of the checkpoint of a state: finished epochs and steps, {@code e003-s000234}. */
    public static String name(TrainState state) {
        return String.format(Locale.ROOT, "e%03d-s%06d", state.epochsDone(), state.step());
    }

    /** Whether no checkpoint was written yet, not even a damaged one. */
    public boolean isEmpty() {
        return newestFirst().isEmpty();
    }

    /** Deletes what a killed process left unfinished. Call only while holding the run's lock. */
    public void clean() {
        for (Path path : list(p -> p.getFileName().toString().startsWith(DurableFiles.TEMPORARY_PREFIX))) {
            DurableFiles.deleteTree(path);
        }
    }

    /**
     * Writes a checkpoint and makes it the last one.
     *
     * @return its name
     * @throws StorageException if it cannot be written; the earlier ones are untouched
     */
    public String save(TrainState state, Tensors tensors) {
        String name = name(state);
        Path temporary = folder.resolve(DurableFiles.TEMPORARY_PREFIX + name);
        try {
            DurableFiles.deleteTree(temporary);
            DurableFiles.makeFolder(temporary);
            write(temporary, state, tensors);
            Path target = folder.resolve(name);
            if (Files.exists(target)) {
                // Only a damaged checkpoint is made again: a sound one would have been resumed from.
                DurableFiles.deleteTree(target);
            }
            DurableFiles.commit(temporary, target);
        } catch (StorageException e) {
            discard(temporary, e);
            throw e;
        }
        point("last", name);
        return name;
    }

    /** Makes a checkpoint the best one. */
    public void best(String name) {
        point("best", name);
    }

    /** Folder of the best checkpoint, if one was named and is there. */
    public Optional<Path> best() {
        Path pointer = folder.resolve("best");
        return Files.isRegularFile(pointer)
                ? Optional.of(folder.resolve(DurableFiles.read(pointer).strip()))
                        .filter(Files::isDirectory)
                : Optional.empty();
    }

    /** Deletes all but the newest {@code keep} checkpoints and the ones named. */
    public void retain(int keep, String... names) {
        Set<String> kept = new HashSet<>(List.of(names));
        List<Path> all = newestFirst();
        for (Path path : all.subList(Math.min(keep, all.size()), all.size())) {
            if (!kept.contains(path.getFileName().toString())) {
                DurableFiles.deleteTree(path);
            }
        }
    }

    /**
     * Reads the newest checkpoint that verifies.
     *
     * @throws StorageException if none does
     */
    public Loaded newest() {
        List<Text> rejected = new ArrayList<>();
        for (Path path : newestFirst()) {
            Optional<Text> fault = Manifest.fault(path);
            if (fault.isEmpty()) {
                return load(path, rejected);
            }
            rejected.add(fault.get());
        }
        throw new StorageException(
                rejected.isEmpty()
                        ? Problem.of("run.no_checkpoint", folder)
                        : Problem.of("run.damaged_checkpoints", Text.joined("; ", rejected)));
    }

    /** The weights of a checkpoint that were validated and are shipped: the mean over time where there is one. */
    public static Path weights(Path checkpoint) {
        Path averaged = checkpoint.resolve(AVERAGED);
        return Files.isRegularFile(averaged) ? averaged : checkpoint.resolve(MODEL);
    }

    private static Loaded load(Path path, List<Text> rejected) {
        Path state = path.resolve(STATE);
        return new Loaded(
                path,
                TrainState.fromJson(DurableFiles.read(state), state.toString()),
                Safetensors.read(path.resolve(MODEL)),
                Safetensors.read(path.resolve(OPTIMIZER)),
                Files.exists(path.resolve(AVERAGED)) ? Safetensors.read(path.resolve(AVERAGED)) : List.of(),
                rejected);
    }

    private static void write(Path temporary, TrainState state, Tensors tensors) {
        Map<String, Manifest.Entry> files = new HashMap<>();
        files.put(MODEL, writeTensors(temporary.resolve(MODEL), tensors.model()));
        files.put(OPTIMIZER, writeTensors(temporary.resolve(OPTIMIZER), tensors.optimizer()));
        if (!tensors.averaged().isEmpty()) {
            files.put(AVERAGED, writeTensors(temporary.resolve(AVERAGED), tensors.averaged()));
        }
        byte[] json = state.toJson().getBytes(StandardCharsets.UTF_8);
        DurableFiles.write(temporary.resolve(STATE), json);
        files.put(STATE, new Manifest.Entry(json.length, Digests.sha256(json)));
        new Manifest(files).write(temporary);
    }

    private static Manifest.Entry writeTensors(Path file, List<? extends TensorSource> tensors) {
        String sha256 = Safetensors.write(file, tensors, Map.of("format", "pt"));
        try {
            return new Manifest.Entry(Files.size(file), sha256);
        } catch (IOException e) {
            throw DurableFiles.failure("read", file, e);
        }
    }

    private void point(String pointer, String name) {
        DurableFiles.write(folder.resolve(pointer), name + "\n");
    }

    private List<Path> newestFirst() {
        return list(p -> p.getFileName().toString().matches("e\\d+-s\\d+")).stream()
                .sorted(Comparator.comparingLong(CheckpointStore::step)
                        .thenComparing(p -> p.getFileName().toString())
                        .reversed())
                .toList();
    }

    private static long step(Path path) {
        String name = path.getFileName().toString();
        return Long.parseLong(name.substring(name.indexOf("-s") + 2));
    }

    private List<Path> list(java.util.function.Predicate<Path> wanted) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(wanted).toList();
        } catch (IOException e) {
            throw DurableFiles.failure("list", folder, e);
        }
    }

    private static void discard(Path temporary, StorageException failure) {
        try {
            DurableFiles.deleteTree(temporary);
        } catch (StorageException e) {
            failure.addSuppressed(e);
        }
    }
}
