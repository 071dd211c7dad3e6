package io.sichter.dataset;

import io.sichter.image.DecodeLimits;
import io.sichter.image.ImageDecoder;
import io.sichter.image.ImageFormat;
import io.sichter.image.UnreadableImageException;
import io.sichter.image.UnreadableImageException.Reason;
import io.sichter.text.Text;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Looks at every picture before a run starts, so that what cannot be read is counted and listed instead of found in the
 * middle of an epoch. Files are read and checked in parallel; the result does not depend on the number of threads.
 *
 * <p>Each thread holds one file at a time and no pixels beyond that.
 */
public final class DatasetScan {
    /** Is told how far a scan is. */
    @FunctionalInterface
    public interface Progress {
        /** Called after each picture, by one thread at a time, with a growing count. */
        void scanned(int done, int total);
    }

    private final ImageDecoder decoder;
    private final DecodeLimits limits;
    private final int threads;

    /**
     * Makes one.
     *
     * @param decoder what checks the pictures
     * @param limits larger files are not even read
     * @param threads number of threads, at least 1
     */
    public DatasetScan(ImageDecoder decoder, DecodeLimits limits, int threads) {
        if (threads < 1) {
            throw new IllegalArgumentException("A scan needs at least one thread, got " + threads);
        }
        this.decoder = decoder;
        this.limits = limits;
        this.threads = threads;
    }

    /** What was seen of one sample. */
    private record Finding(Optional<BadImage> bad, boolean misnamed) {}

    /**
     * Checks all samples.
     *
     * @throws CancellationException if the calling thread is interrupted, which stays so
     */
    public ScanResult run(List<Sample> samples, Progress progress) {
        Finding[] findings = new Finding[samples.size()];
        AtomicInteger next = new AtomicInteger();
        int[] done = {0};
        Runnable work = () -> {
            int i = next.getAndIncrement();
            while (i < findings.length && !Thread.currentThread().isInterrupted()) {
                findings[i] = look(samples.get(i));
                synchronized (done) {
                    done[0]++;
                    progress.scanned(done[0], findings.length);
                }
                i = next.getAndIncrement();
            }
        };
        inParallel(work, Math.min(threads, Math.max(1, findings.length)));
        return summary(samples, findings);
    }

    private static ScanResult summary(List<Sample> samples, Finding[] findings) {
        List<BadImage> bad = new ArrayList<>();
        List<String> misnamed = new ArrayList<>();
        for (int i = 0; i < findings.length; i++) {
            findings[i].bad().ifPresent(bad::add);
            if (findings[i].misnamed()) {
                misnamed.add(samples.get(i).id());
            }
        }
        bad.sort(Comparator.comparing(BadImage::id, ClassIndex.byCodePoint()));
        misnamed.sort(ClassIndex.byCodePoint());
        return new ScanResult(findings.length, bad, misnamed);
    }

    private static void inParallel(Runnable work, int threads) {
        ExecutorService pool = Executors.newFixedThreadPool(threads, task -> {
            Thread thread = new Thread(task, "sichter-scan");
            thread.setDaemon(true);
            return thread;
        });
        try {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                running.add(pool.submit(work));
            }
            for (Future<?> future : running) {
                future.get();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            CancellationException cancelled = new CancellationException("The scan of the pictures was interrupted");
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

    private Finding look(Sample sample) {
        String id = sample.id();
        try {
            long size = sample.source().size();
            if (size >= 0) {
                limits.checkBytes(size, id);
            }
            byte[] bytes = sample.source().read();
            decoder.check(bytes, id);
            Optional<ImageFormat> named = ImageFormat.ofName(id);
            return new Finding(Optional.empty(), named.isPresent() && !named.equals(ImageFormat.ofContent(bytes)));
        } catch (UnreadableImageException e) {
            return bad(id, e.reason(), e.detail());
        } catch (NoSuchFileException e) {
            return bad(id, Reason.UNREADABLE, Text.of("unreadable", Text.of("dataset.gone")));
        } catch (IOException e) {
            String reason = e.getClass().getSimpleName() + ", " + e.getMessage();
            return bad(id, Reason.UNREADABLE, Text.of("unreadable", reason));
        }
    }

    private static Finding bad(String id, Reason reason, Text detail) {
        return new Finding(Optional.of(new BadImage(id, reason, detail)), false);
    }
}
