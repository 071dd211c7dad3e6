package io.sichter.storage;

import io.sichter.error.Problem;
import io.sichter.error.StorageException;
import io.sichter.text.Text;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Writes that are either complete on disk or have not happened: temporary file in the same folder, force, atomic rename,
 * force of the folder. Failures become {@link StorageException} with the path in the message.
 */
public final class DurableFiles {
    /** Beginning of the names of files and folders that a crash may leave behind. */
    public static final String TEMPORARY_PREFIX = ".tmp-";

    private DurableFiles() {}

    /** Replaces a file's content atomically. */
    public static void write(Path file, byte[] content) {
        Path temporary = file.resolveSibling(TEMPORARY_PREFIX + file.getFileName());
        try {
            try (FileChannel channel = FileChannel.open(
                    temporary,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.TRUNCATE_EXISTING,
                    StandardOpenOption.WRITE)) {
                ByteBuffer buffer = ByteBuffer.wrap(content);
                while (buffer.hasRemaining()) {
                    channel.write(buffer);
                }
                channel.force(true);
            }
            move(temporary, file);
        } catch (IOException e) {
            discard(temporary, e);
            throw failure("write", file, e);
        }
    }

    /** Replaces a text file atomically, in UTF-8. */
    public static void write(Path file, String content) {
        write(file, content.getBytes(StandardCharsets.UTF_8));
    }

    /** Reads a whole text file in UTF-8. */
    public static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw failure("read", file, e);
        }
    }

    /** Renames a finished file or folder atomically and forces the folder it lies in. */
    public static void commit(Path temporary, Path target) {
        try {
            move(temporary, target);
        } catch (IOException e) {
            throw failure("rename", target, e);
        }
    }

    /** Makes a folder and those above it. */
    public static void makeFolder(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw failure("make the folder", folder, e);
        }
    }

    /** Deletes a file or a whole folder; nothing happens when it is not there. Links are not followed. */
    public static void deleteTree(Path root) {
        if (!Files.exists(root, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (Stream<Path> walk = Files.walk(root)) {
            for (Path path : walk.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw failure("delete", root, e);
        }
    }

    /** Forces a folder's list of names to disk, where the operating system allows it. */
    static void forceFolder(Path folder) throws IOException {
        // Windows cannot open folders; there the rename itself is journalled.
        if (System.getProperty("os.name", "").startsWith("Windows")) {
            return;
        }
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /**
     * An I/O failure as what a user can act on.
     *
     * @param doing what failed: {@code read}, {@code write} ...; what is said of it stands in the catalog as {@code
     *     storage.cannot.DOING}, with {@code _} for a blank
     */
    public static StorageException failure(String doing, Path path, IOException cause) {
        return new StorageException(
                new Problem(
                        Text.of("storage.cannot." + doing.replace(' ', '_')),
                        Text.joined("", List.of(Text.of("about", path, reason(cause)), free(path))),
                        Text.of("storage.writable"),
                        Text.of("storage.free_space")),
                cause);
    }

    /** Why an operation on a file failed, as one clause; the messages of the platform are often the bare path. */
    public static Text reason(IOException cause) {
        if (cause instanceof NoSuchFileException) {
            return Text.of("storage.no_such_file");
        } else if (cause instanceof AccessDeniedException) {
            return Text.of("storage.access_denied");
        } else if (cause instanceof FileSystemException failure && failure.getReason() != null) {
            return Text.verbatim(failure.getReason());
        }
        return Text.verbatim(cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage());
    }

    private static Text free(Path path) {
        try {
            Path existing = path.toAbsolutePath();
            while (existing != null && !Files.exists(existing)) {
                existing = existing.getParent();
            }
            return existing == null
                    ? Text.empty()
                    : Text.of("storage.free", Files.getFileStore(existing).getUsableSpace() / (1 << 20));
        } catch (IOException e) {
            return Text.empty(); // the free space is a courtesy of the message; its absence hides nothing
        }
    }

    private static void move(Path temporary, Path target) throws IOException {
        Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        Path parent = target.toAbsolutePath().getParent();
        if (parent != null) {
            forceFolder(parent);
        }
    }

    private static void discard(Path temporary, IOException failure) {
        try {
            Files.deleteIfExists(temporary);
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }
}
