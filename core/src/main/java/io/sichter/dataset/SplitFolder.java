package io.sichter.dataset;

import io.sichter.error.DataException;
import io.sichter.error.Problem;
import io.sichter.error.StorageException;
import io.sichter.error.UsageException;
import io.sichter.storage.DurableFiles;
import io.sichter.storage.RunLock;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * Makes a folder {@code OUT/{train,val,test}/<class>/*} of a division, with {@code split.json} and {@code split.csv} in
 * it that say where every picture comes from.
 *
 * <p>A file appears under its name when it is complete. {@code split.json} is written first, marked as not complete, and
 * again when everything is there: so a folder made by a process that was killed is gone on with, and one that is complete
 * is only checked.
 */
public final class SplitFolder {
    /** What becomes of each file. */
    public enum Mode {
        /** Its bytes are copied. */
        COPY,
        /** A second name for the same bytes; both must be on one file system. */
        HARDLINK,
        /** A link with the absolute path of the original. */
        SYMLINK;

        /** The name in options and files. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * What was done.
     *
     * @param made files that were made
     * @param present files that were there already
     */
    public record Result(int made, int present) {}

    private static final String LOCK = ".split.lock";

    private final DataFolder data;
    private final SplitRecord record;
    private final Path out;
    private final Mode mode;

    /**
     * Prepares it; nothing is written.
     *
     * @param data what is divided
     * @param record the division, and how it was asked for
     * @param out the folder to make
     * @throws UsageException if the folder lies in the data or holds it
     * @throws DataException if two pictures would get the same name, or a class cannot be a folder's name
     */
    public SplitFolder(DataFolder data, SplitRecord record, Path out, Mode mode) {
        this.data = data;
        this.record = record;
        this.out = out;
        this.mode = mode;
        Path from = real(data.root());
        Path to = real(out);
        if (to.startsWith(from) || from.startsWith(to)) {
            throw new UsageException(Problem.of("split.out_in_data", out, data.root()));
        }
        checkNames();
    }

    /**
     * Makes the folder, or what is missing of it.
     *
     * @param threads that copy
     * @throws UsageException if it holds something else, or another division
     * @throws StorageException if it cannot be written
     */
    public Result make(int threads, ParallelLoop.Progress progress) {
        makeFolder(out);
        Path file = out.resolve(SplitRecord.NAME);
        if (Files.isRegularFile(file)) {
            record.requireSame(out);
        } else {
            requireEmpty();
        }
        try (RunLock lock = RunLock.take(out.resolve(LOCK))) {
            if (!record.isComplete(file)) {
                DurableFiles.write(file, record.toJson(false));
            }
            AtomicInteger made = new AtomicInteger();
            List<SplitRecord.Entry> entries = record.entries();
            entries.stream()
                    .map(e -> out.resolve(e.path()).getParent())
                    .distinct()
                    .forEach(SplitFolder::makeFolder);
            new ParallelLoop("sichter-split", threads)
                    .run(
                            entries.size(),
                            i -> {
                                if (place(entries.get(i))) {
                                    made.incrementAndGet();
                                }
                            },
                            progress);
            if (made.get() > 0 || !record.isComplete(file)) {
                DurableFiles.write(out.resolve("split.csv"), record.toCsv());
                if (!data.classes().equals(ClassIndex.sorted(data.classes().names()))) {
                    DurableFiles.write(
                            out.resolve(ClassList.NAME),
                            String.join("\n", data.classes().names()) + "\n");
                }
                DurableFiles.write(file, record.toJson(true));
            }
            return new Result(made.get(), entries.size() - made.get());
        }
    }

    /** Makes one file; false if it is there already. */
    private boolean place(SplitRecord.Entry entry) {
        Path target = out.resolve(entry.path());
        Path temporary = target.resolveSibling(DurableFiles.TEMPORARY_PREFIX + target.getFileName());
        SampleSource source = entry.sample().source();
        try {
            if (Files.exists(target)
                    && Files.size(target) == source.size()
                    && Files.isSymbolicLink(target) == (mode == Mode.SYMLINK)) {
                return false;
            }
            Files.deleteIfExists(temporary);
            write(source, temporary);
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            return true;
        } catch (IOException | UnsupportedOperationException e) {
            IOException cause = e instanceof IOException io ? io : new IOException(e);
            throw new StorageException(
                    Problem.of(
                            "split.cannot_make", mode.label(), source.location(), target, DurableFiles.reason(cause)),
                    e);
        }
    }

    private void write(SampleSource source, Path temporary) throws IOException {
        if (!(source instanceof SampleSource.FileSource file)) {
            Files.write(temporary, source.read());
            return;
        }
        switch (mode) {
            case COPY -> Files.copy(file.path(), temporary, StandardCopyOption.COPY_ATTRIBUTES);
            case HARDLINK -> Files.createLink(temporary, file.path().toRealPath());
            case SYMLINK -> Files.createSymbolicLink(temporary, file.path().toRealPath());
        }
    }

    private void checkNames() {
        for (String name : data.classes().names()) {
            if (name.startsWith(".") || name.contains("/") || name.contains("\\")) {
                throw new DataException(Problem.of("split.class_name", name));
            }
        }
        Map<String, String> taken = new HashMap<>();
        for (SplitRecord.Entry entry : record.entries()) {
            // Names that differ in case only are one name on many disks.
            String earlier = taken.put(
                    entry.path().toLowerCase(Locale.ROOT), entry.sample().id());
            if (earlier != null) {
                throw new DataException(
                        Problem.of("split.collision", earlier, entry.sample().id(), entry.path()));
            }
        }
    }

    private void requireEmpty() {
        List<String> names = new ArrayList<>();
        try (Stream<Path> list = Files.list(out)) {
            list.map(FolderListing::name).filter(name -> !name.equals(LOCK)).forEach(names::add);
        } catch (IOException e) {
            throw new StorageException(Problem.of("split.cannot_write", out, DurableFiles.reason(e)), e);
        }
        if (!names.isEmpty()) {
            throw new UsageException(Problem.of(
                    "split.out_not_empty",
                    out,
                    FolderProblems.shortList(names.stream().sorted().toList())));
        }
    }

    private static void makeFolder(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new StorageException(Problem.of("split.cannot_write", folder, DurableFiles.reason(e)), e);
        }
        if (!Files.isWritable(folder)) {
            throw new StorageException(Problem.of(
                    "split.cannot_write", folder, DurableFiles.reason(new AccessDeniedException(folder.toString()))));
        }
    }

    /** Where a path really leads, also if its last parts do not exist yet. */
    private static Path real(Path path) {
        Path absolute = path.toAbsolutePath().normalize();
        for (Path existing = absolute; existing != null; existing = existing.getParent()) {
            if (Files.exists(existing, LinkOption.NOFOLLOW_LINKS)) {
                try {
                    return existing.toRealPath().resolve(existing.relativize(absolute));
                } catch (IOException e) {
                    return absolute; // a link that leads nowhere: making the folder will say so
                }
            }
        }
        return absolute;
    }
}
