package io.sichter.loader;

import io.sichter.dataset.Dataset;
import io.sichter.error.MemoryException;
import io.sichter.error.Problem;
import io.sichter.error.UsageException;
import io.sichter.image.Image;
import io.sichter.image.ImageDecoder;
import io.sichter.random.SeedStream;
import io.sichter.transform.Pipeline;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.bytedeco.opencv.global.opencv_core;
import org.jspecify.annotations.Nullable;

/**
 * Turns a dataset into batches: decodes and transforms in worker threads, straight into buffers that are used again.
 *
 * <p>What a batch holds is a function of dataset, pipeline, sampler, seeds and batch size; workers and prefetch change
 * only the speed. The augmentation of a sample depends on {@code augmentSeed.derive(epoch).derive(sample.id())} alone,
 * not even on the batch size. The last, smaller batch is kept. A picture that cannot be read is left out of its batch
 * and listed in {@link Batch#skipped()}; a batch of which none can be read has size 0.
 *
 * <p>Memory: {@code prefetch + 1} batches outside the Java heap, made with the first epoch. Workers are daemon threads.
 * One epoch at a time, consumed by one thread. Making a loader sets OpenCV to one thread per call, for the process: its
 * own threads would only compete with the workers.
 */
public final class DataLoader implements AutoCloseable {
    private static final int MAX_CHOSEN_WORKERS = 8;
    private static final AtomicInteger THREAD_NUMBER = new AtomicInteger();

    private final Dataset dataset;
    private final Sampler sampler;
    private final SampleReader reader;
    private final BatchBuffer.Shape shape;
    private final int workers;
    private final int prefetch;
    private final SeedStream augmentSeed;
    private final @Nullable ExecutorService threads;
    private BatchBuffer @Nullable [] ring;
    private @Nullable Epoch current;
    private boolean closed;

    private DataLoader(Builder builder) {
        dataset = builder.dataset;
        sampler = builder.sampler;
        reader = new SampleReader(builder.decoder, builder.pipeline);
        shape = builder.shape();
        workers = builder.workers < 0 ? chooseWorkers() : builder.workers;
        prefetch = builder.prefetch;
        augmentSeed = builder.augmentSeed;
        opencv_core.setNumThreads(1);
        threads = workers == 0 ? null : Executors.newFixedThreadPool(workers, DataLoader::thread);
    }

    /** Starts a loader of a dataset; everything else has a default. */
    public static Builder builder(Dataset dataset, ImageDecoder decoder, Pipeline pipeline) {
        return new Builder(dataset, decoder, pipeline);
    }

    /** Batches of one epoch, the last one possibly smaller. */
    public int batches() {
        return (int) (((long) dataset.size() + shape.batchSize() - 1) / shape.batchSize());
    }

    /** Worker threads, 0 for none; what was chosen where -1 was asked for. */
    public int workers() {
        return workers;
    }

    /**
     * Starts an epoch. The epoch before it is closed, and its last batch is overwritten.
     *
     * @param epoch number of the epoch: decides order and augmentation
     * @param firstBatch batch to start with, 0 to {@link #batches()}; later ones when a run is resumed
     * @throws MemoryException if there is no memory for the batches
     */
    public Epoch epoch(int epoch, int firstBatch) {
        if (closed) {
            throw new IllegalStateException("The loader is closed");
        }
        if (firstBatch < 0 || firstBatch > batches()) {
            throw new IllegalArgumentException("First batch " + firstBatch + " of " + batches());
        }
        if (current != null) {
            current.close();
        }
        int[] order = sampler.order(epoch, dataset.size());
        if (order.length != dataset.size()) {
            throw new IllegalStateException(
                    sampler + " gave " + order.length + " positions for " + dataset.size() + " samples");
        }
        Epoch started = new Epoch(
                dataset.samples(),
                order,
                shape.batchSize(),
                augmentSeed.derive(epoch),
                reader,
                ring(),
                new Epoch.Start(firstBatch, threads != null));
        if (threads != null) {
            for (int i = 0; i < workers; i++) {
                threads.execute(started::work);
            }
        }
        current = started;
        return started;
    }

    /** Ends the running epoch and the workers. */
    @Override
    public void close() {
        closed = true;
        if (current != null) {
            current.close();
        }
        if (threads != null) {
            threads.shutdown();
        }
        ring = null;
    }

    private BatchBuffer[] ring() {
        BatchBuffer[] buffers = ring;
        if (buffers == null) {
            buffers = new BatchBuffer[Math.max(1, Math.min(workers == 0 ? 1 : prefetch + 1, batches()))];
            try {
                for (int i = 0; i < buffers.length; i++) {
                    buffers[i] = new BatchBuffer(shape);
                }
            } catch (OutOfMemoryError e) {
                throw new MemoryException(Problem.of("loader.memory", buffers.length, shape.bytes()), e);
            }
            ring = buffers;
        }
        return buffers;
    }

    /** Half the processors, at least 1, at most 8: the other half computes. */
    private static int chooseWorkers() {
        return Math.max(1, Math.min(MAX_CHOSEN_WORKERS, Runtime.getRuntime().availableProcessors() / 2));
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "sichter-loader-" + THREAD_NUMBER.incrementAndGet());
        thread.setDaemon(true);
        return thread;
    }

    /** What a loader is made of. */
    public static final class Builder {
        private final Dataset dataset;
        private final ImageDecoder decoder;
        private final Pipeline pipeline;
        private Sampler sampler = new SequentialSampler();
        private SeedStream augmentSeed = SeedStream.of(0);
        private Image.Depth depth = Image.Depth.UINT8;
        private int batchSize = 32;
        private int workers = -1;
        private int prefetch = 3;

        private Builder(Dataset dataset, ImageDecoder decoder, Pipeline pipeline) {
            this.dataset = dataset;
            this.decoder = decoder;
            this.pipeline = pipeline;
        }

        /** Order of the samples; sequential if not said. */
        public Builder sampler(Sampler value) {
            sampler = value;
            return this;
        }

        /** Stream from which the pipeline's random steps draw; that of seed 0 if not said. */
        public Builder augmentSeed(SeedStream value) {
            augmentSeed = value;
            return this;
        }

        /** Depth of every decoded picture; 8 bit if not said. */
        public Builder depth(Image.Depth value) {
            depth = value;
            return this;
        }

        /** Pictures per batch, at least 1; 32 if not said. */
        public Builder batchSize(int value) {
            batchSize = value;
            return this;
        }

        /**
         * Threads that read beside the consumer; 0 reads in the consumer's thread, -1, as when not said, takes half the
         * processors, at least 1 and at most 8.
         */
        public Builder workers(int value) {
            workers = value;
            return this;
        }

        /** Batches made ahead of the one that is being consumed, at least 1; 3 if not said. Without workers, none is. */
        public Builder prefetch(int value) {
            prefetch = value;
            return this;
        }

        /**
         * Makes the loader and starts its workers.
         *
         * @throws UsageException if a batch would exceed 2 GiB
         * @throws IllegalArgumentException if a number is out of range
         */
        public DataLoader build() {
            if (batchSize < 1 || workers < -1 || prefetch < 1) {
                throw new IllegalArgumentException(
                        "batchSize " + batchSize + ", workers " + workers + ", prefetch " + prefetch);
            }
            return new DataLoader(this);
        }

        private BatchBuffer.Shape shape() {
            BatchBuffer.Shape shape = new BatchBuffer.Shape(
                    batchSize,
                    pipeline.outputSize().height(),
                    pipeline.outputSize().width(),
                    pipeline.channels(),
                    depth);
            long bytes = (long) shape.height() * shape.width() * shape.channels() * shape.valueBytes() * batchSize;
            if (bytes > Integer.MAX_VALUE) {
                String picture = shape.height() + "x" + shape.width() + "x" + shape.channels();
                throw new UsageException(Problem.of("loader.too_large", batchSize, picture, bytes, Integer.MAX_VALUE));
            }
            return shape;
        }
    }
}
