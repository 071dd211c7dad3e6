package io.sichter.dataset;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/**
 * Does the same with each of many things, several at a time. What comes out must not depend on the order: each index is
 * handed out once, in order, to whichever thread is free.
 */
public final class ParallelLoop {
    /** Is told how far a loop is. */
    @FunctionalInterface
    public interface Progress {
        /** Called after each thing, by one thread at a time, with a growing count. */
        void done(int done, int total);
    }

    private final String name;
    private final int threads;

    /**
     * Makes one.
     *
     * @param name of its threads, for people who look at a stuck process
     * @param threads number of threads, at least 1
     */
    public ParallelLoop(String name, int threads) {
        if (threads < 1) {
            throw new IllegalArgumentException(name + " needs at least one thread, got " + threads);
        }
        this.name = name;
        this.threads = threads;
    }

    /**
     * Works through {@code 0} to {@code count - 1}; returns when all are done.
     *
     * @throws CancellationException if the calling thread is interrupted, which stays so
     * @throws RuntimeException what the work threw first; the rest is given up
     */
    public void run(int count, IntConsumer work, Progress progress) {
        if (Thread.currentThread().isInterrupted()) { // a short loop could be over before anybody waits for it
            throw new CancellationException(name + " was interrupted");
        }
        AtomicInteger next = new AtomicInteger();
        int[] done = {0};
        Runnable loop = () -> {
            int i = next.getAndIncrement();
            while (i < count && !Thread.currentThread().isInterrupted()) {
                try {
                    work.accept(i);
                } catch (Throwable t) {
                    next.set(count); // the others take nothing more
                    throw t;
                }
                synchronized (done) {
                    done[0]++;
                    progress.done(done[0], count);
                }
                i = next.getAndIncrement();
            }
        };
        inParallel(loop, Math.min(threads, Math.max(1, count)));
    }

    private void inParallel(Runnable loop, int size) {
        ExecutorService pool = Executors.newFixedThreadPool(size, task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        });
        try {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < size; i++) {
                running.add(pool.submit(loop));
            }
            for (Future<?> future : running) {
                future.get();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            CancellationException cancelled = new CancellationException(name + " was interrupted");
            cancelled.initCause(e);
            throw cancelled;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            if (e.getCause() instanceof Error cause) {
                throw cause;
            }
            throw new IllegalStateException(e.getCause());
        } finally {
            pool.shutdownNow();
        }
    }
}
