package io.sichter.loader;

import io.sichter.dataset.Sample;
import io.sichter.error.Problem;
import io.sichter.error.RunFailedException;
import io.sichter.random.SeedStream;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The batches of one epoch in order, from {@link DataLoader#epoch}. For one consuming thread.
 *
 * <p>Workers claim one sample at a time, in order, as long as the batch it belongs to has a free buffer: all workers
 * speed up the batch that is needed next, and neither their number nor the prefetch changes what a batch holds.
 */
public final class Epoch implements AutoCloseable {
    private static final int NOTHING = -1;

    private final List<Sample> samples;
    private final int[] order;
    private final int batchSize;
    private final SeedStream stream;
    private final SampleReader reader;
    private final BatchBuffer[] ring;
    private final boolean workers;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition spaceOrEnd = lock.newCondition();
    private final Condition progress = lock.newCondition();
    private final int[] missing; // samples still to come, per buffer of the ring
    private int nextPosition; // first sample that nobody claimed
    private int nextBatch; // first batch that was not handed out
    private int released; // batches before this one may be overwritten
    private int busy; // samples being read
    private int failedPosition = Integer.MAX_VALUE;
    private @Nullable Throwable failure;
    private boolean closed;
    private long waitNanos;

    Epoch(
            List<Sample> samples,
            int[] order,
            int batchSize,
            SeedStream stream,
            SampleReader reader,
            BatchBuffer[] ring,
            Start start) {
        this.samples = samples;
        this.order = order;
        this.batchSize = batchSize;
        this.stream = stream;
        this.reader = reader;
        this.ring = ring;
        this.workers = start.workers();
        this.missing = new int[ring.length];
        this.nextBatch = start.batch();
        this.released = start.batch();
        this.nextPosition = Math.min(order.length, start.batch() * batchSize);
        for (int i = 0; i < ring.length; i++) {
            int batch = start.batch() + i;
            missing[batch % ring.length] = sizeOf(batch);
        }
    }

    /** Where an epoch starts, and whether threads work for it. */
    record Start(int batch, boolean workers) {}

    /** Whether there is another batch. */
    public boolean hasNext() {
        return !closed && nextBatch * (long) batchSize < order.length;
    }

    /**
     * The next batch; the one before it is overwritten from now on.
     *
     * @return a batch, of size 0 if none of its pictures could be read
     * @throws NoSuchElementException if there is none
     * @throws RunFailedException if the thread is interrupted while waiting; the epoch is closed then
     * @throws RuntimeException whatever a decoder, a transform or a sampler threw, with the batch it belongs to; the epoch
     *     is closed then
     */
    public Batch next() {
        if (!hasNext()) {
            throw new NoSuchElementException("No batch left in this epoch");
        }
        releaseBatches();
        long start = System.nanoTime();
        try {
            if (workers) {
                awaitBatch();
            } else {
                readBatch();
            }
        } finally {
            waitNanos += System.nanoTime() - start;
        }
        throwFailure();
        return ring[nextBatch % ring.length].toBatch(sizeOf(nextBatch++));
    }

    /** How long {@link #next} waited for pictures so far; without workers, how long it read them. */
    public long waitNanos() {
        return waitNanos;
    }

    /** Ends the epoch, also before its last batch: returns when no worker reads for it any more. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            spaceOrEnd.signalAll();
            while (busy > 0) {
                progress.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }

    /** What a worker does: reads samples until the epoch is over or closed. */
    void work() {
        int position = claim();
        while (position != NOTHING) {
            read(position);
            position = claim();
        }
    }

    /** The next position of the epoch's order, once its buffer is free, or {@link #NOTHING}. */
    private int claim() {
        lock.lock();
        try {
            while (true) {
                if (closed || nextPosition >= order.length || nextPosition > failedPosition) {
                    return NOTHING;
                }
                if (nextPosition / batchSize < released + ring.length) {
                    busy++;
                    return nextPosition++;
                }
                spaceOrEnd.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }

    private void read(int position) {
        Throwable thrown = null;
        int slot = position / batchSize % ring.length;
        try {
            reader.read(samples.get(order[position]), stream, ring[slot], position % batchSize);
        } catch (Throwable t) { // handed to the consumer, whatever it is
            thrown = t;
        }
        lock.lock();
        try {
            busy--;
            missing[slot]--;
            if (thrown != null && position < failedPosition) {
                failedPosition = position;
                failure = thrown;
            }
            if (missing[slot] == 0 || thrown != null || closed) {
                progress.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Frees the buffers of the batches that were handed out before. */
    private void releaseBatches() {
        lock.lock();
        try {
            while (released < nextBatch) {
                missing[released % ring.length] = sizeOf(released + ring.length);
                released++;
            }
            spaceOrEnd.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void awaitBatch() {
        lock.lock();
        try {
            while (!closed && !failed() && missing[nextBatch % ring.length] > 0) {
                progress.await();
            }
            if (closed) {
                throw new IllegalStateException("The epoch was closed while a batch was awaited");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            close();
            throw new RunFailedException(Problem.of("loader.interrupted"), e);
        } finally {
            lock.unlock();
        }
    }

    private void readBatch() {
        int end = Math.min(order.length, (nextBatch + 1) * batchSize);
        while (nextPosition < end && failure == null) {
            busy++;
            read(nextPosition++);
        }
    }

    /** Whether the batch that is needed now holds the sample that failed. */
    private boolean failed() {
        return failedPosition / batchSize <= nextBatch;
    }

    private void throwFailure() {
        Throwable thrown;
        lock.lock();
        try {
            thrown = failed() ? failure : null;
        } finally {
            lock.unlock();
        }
        if (thrown == null) {
            return;
        }
        close();
        if (thrown instanceof Error error) {
            throw error;
        }
        if (thrown instanceof RuntimeException exception) {
            throw exception;
        }
        throw new IllegalStateException("A worker failed", thrown);
    }

    private int sizeOf(int batch) {
        return (int) Math.max(0, Math.min(batchSize, order.length - (long) batch * batchSize));
    }
}
