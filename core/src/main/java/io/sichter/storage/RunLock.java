package io.sichter.storage;

import io.sichter.error.Problem;
import io.sichter.error.StorageException;
import io.sichter.text.Text;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The right to write to a run directory. The operating system releases it when the process ends, however it ends, so a
 * lock is never stale.
 */
public final class RunLock implements AutoCloseable {
    private static final Pattern HOLDER = Pattern.compile("process (\\d+) since (\\S+)");

    /** Who only looks whether a lock is free holds it for an instant: it is asked for again before the run counts as used. */
    private static final int TRIES = 5;

    private static final int PAUSE_MILLIS = 20;

    /**
     * Locks of this process. They must be known without opening the file again: POSIX releases the locks of a process on
     * a file when it closes any of its channels to that file.
     */
    private static final Map<Path, Text> HELD = new ConcurrentHashMap<>();

    private final Path file;
    private final FileChannel channel;
    private final FileLock lock;

    private RunLock(Path file, FileChannel channel, FileLock lock) {
        this.file = file;
        this.channel = channel;
        this.lock = lock;
    }

    /**
     * Whether a process holds the lock now. False where there is no such file, and where the system does not tell.
     *
     * @param file of the lock; it is neither made nor changed
     */
    public static boolean isHeld(Path file) {
        if (!Files.isRegularFile(file)) {
            return false;
        }
        try {
            if (HELD.containsKey(file.toRealPath())) {
                return true;
            }
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
                    FileLock probe = channel.tryLock(0, Long.MAX_VALUE, true)) {
                return probe == null;
            }
        } catch (OverlappingFileLockException e) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Takes the lock of a run.
     *
     * @throws StorageException if another process, or another run of this one, holds it
     */
    public static RunLock take(Path file) {
        Path key = null;
        try {
            makeFile(file);
            Path real = file.toRealPath();
            Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
            long process = ProcessHandle.current().pid();
            Text own = HELD.putIfAbsent(real, Text.of("storage.process", process, now));
            if (own != null) {
                throw inUse(file, own);
            }
            key = real;
            FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
            FileLock lock = tryLock(channel);
            if (lock == null) {
                channel.close();
                throw inUse(file, holder(file));
            }
            String holder = "process " + process + " since " + now + "\n";
            channel.truncate(0);
            channel.write(ByteBuffer.wrap(holder.getBytes(StandardCharsets.UTF_8)), 0);
            key = null; // from here on it belongs to the lock
            return new RunLock(real, channel, lock);
        } catch (IOException e) {
            throw DurableFiles.failure("lock", file, e);
        } finally {
            if (key != null) {
                HELD.remove(key);
            }
        }
    }

    @Override
    public void close() {
        try (channel) {
            lock.release();
        } catch (IOException e) {
            // The lock is gone with the channel either way; there is nothing left to save.
            throw new java.io.UncheckedIOException(e);
        } finally {
            HELD.remove(file);
        }
    }

    private static void makeFile(Path file) throws IOException {
        try {
            Files.createFile(file);
        } catch (FileAlreadyExistsException e) {
            // of an earlier process: what is in it does not matter, only who holds it
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        for (int i = 1; true; i++) {
            FileLock lock = channel.tryLock();
            if (lock != null || i == TRIES) {
                return lock;
            }
            try {
                Thread.sleep(PAUSE_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return null;
            }
        }
    }

    private static StorageException inUse(Path file, Text holder) {
        return new StorageException(Problem.of("storage.in_use", String.valueOf(file.getParent()), holder));
    }

    /** Who holds the lock, as its file says, where it can be read: Windows locks the bytes too. */
    private static Text holder(Path file) {
        try {
            Matcher said = HOLDER.matcher(Files.readString(file));
            return said.lookingAt()
                    ? Text.of("storage.process", said.group(1), said.group(2))
                    : Text.of("storage.other_process");
        } catch (IOException e) {
            return Text.of("storage.other_process");
        }
    }
}
