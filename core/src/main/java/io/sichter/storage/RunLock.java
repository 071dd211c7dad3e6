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
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The right to write to a run directory. The operating system releases it when the process ends, however it ends, so a
 * lock is never stale.
 */
public final class RunLock implements AutoCloseable {
    private static final Pattern HOLDER = Pattern.compile("process (\\d+) since (\\S+)");

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
        return new StorageException(Problem.of("storage.in_use", String.valueOf(file.getParent()), holder(file)));
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
