package io.sichter.storage;

import io.sichter.error.StorageException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * The right to write to a run directory. The operating system releases it when the process ends, however it ends, so a
 * lock is never stale.
 */
public final class RunLock implements AutoCloseable {
    private final FileChannel channel;
    private final FileLock lock;

    private RunLock(FileChannel channel, FileLock lock) {
        this.channel = channel;
        this.lock = lock;
    }

    /**
     * Takes the lock of a run.
     *
     * @throws StorageException if another process, or another run of this one, holds it
     */
    public static RunLock take(Path file) {
        FileChannel channel = null;
        try {
            channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            FileLock lock = tryLock(channel);
            if (lock == null) {
                channel.close();
                throw inUse(file);
            }
            String holder = "process " + ProcessHandle.current().pid() + " since "
                    + Instant.now().truncatedTo(ChronoUnit.SECONDS) + "\n";
            channel.truncate(0);
            channel.write(ByteBuffer.wrap(holder.getBytes(StandardCharsets.UTF_8)), 0);
            return new RunLock(channel, lock);
        } catch (IOException e) {
            throw DurableFiles.failure("lock", file, e);
        }
    }

    @Override
    public void close() {
        try (channel) {
            lock.release();
        } catch (IOException e) {
            // The lock is gone with the channel either way; there is nothing left to save.
            throw new java.io.UncheckedIOException(e);
        }
    }

    @org.jspecify.annotations.Nullable private static FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null; // held by this very process
        }
    }

    private static StorageException inUse(Path file) {
        String holder;
        try {
            holder = Files.readString(file).strip();
        } catch (IOException e) {
            holder = "another process";
        }
        return new StorageException(
                "The run is in use",
                file.getParent() + " is being written by " + holder,
                "a run that nothing else is writing to",
                "Wait for the other process to end, or start a new run");
    }
}
