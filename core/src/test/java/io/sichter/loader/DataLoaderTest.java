package io.sichter.loader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sichter.config.TransformSpec;
import io.sichter.dataset.Dataset;
import io.sichter.dataset.Sample;
import io.sichter.dataset.SampleSource;
import io.sichter.error.UsageException;
import io.sichter.image.Image;
import io.sichter.random.SeedStream;
import io.sichter.text.Text;
import io.sichter.transform.Pipeline;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.BytePointer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DataLoaderTest {
    private static final int SIZE = 43;
    private final AtomicInteger reads = new AtomicInteger();
    private final Dataset dataset = LoaderFixtures.dataset(SIZE, reads);

    private List<LoaderFixtures.Seen> reference(int epoch) {
        try (DataLoader loader = LoaderFixtures.loader(dataset).workers(0).build()) {
            return LoaderFixtures.all(loader.epoch(epoch, 0));
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 4", "1, 3, 4", "2, 1, 4", "3, 2, 1", "3, 6, 7", "2, 2, 43", "5, 64, 100", "0, 1, 9"})
    void pixelsAndOrderDoNotDependOnWorkersPrefetchOrBatches(int workers, int prefetch, int batchSize) {
        List<LoaderFixtures.Seen> expected = reference(2);
        assertThat(expected).hasSize(SIZE);
        try (DataLoader loader = LoaderFixtures.loader(dataset)
                .workers(workers)
                .prefetch(prefetch)
                .batchSize(batchSize)
                .build()) {
            for (int repeat = 0; repeat < 5; repeat++) {
                assertThat(LoaderFixtures.all(loader.epoch(2, 0))).isEqualTo(expected);
            }
        }
    }

    @Test
    void anEpochIsAFunctionOfItsNumberAndEpochsDiffer() {
        assertThat(reference(1)).isEqualTo(reference(1));
        Set<LoaderFixtures.Seen> first = new HashSet<>(reference(1));
        assertThat(reference(2)).isNotEmpty().noneMatch(first::contains);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 2})
    void anEpochCanStartAtAnyBatch(int workers) {
        List<LoaderFixtures.Seen> expected = reference(1);
        try (DataLoader loader = LoaderFixtures.loader(dataset).workers(workers).build()) {
            assertThat(loader.batches()).isEqualTo(11);
            for (int first = 0; first <= loader.batches(); first++) {
                assertThat(LoaderFixtures.all(loader.epoch(1, first)))
                        .isEqualTo(expected.subList(Math.min(SIZE, first * 4), SIZE));
            }
            assertThatThrownBy(() -> loader.epoch(1, 12)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void movingTheFilesChangesNoBit(@TempDir Path folder) throws IOException {
        List<Dataset> places = new ArrayList<>();
        for (String name : List.of("here", "elsewhere/deeper")) {
            List<Sample> samples = new ArrayList<>();
            for (Sample sample : dataset.samples()) {
                Path file = folder.resolve(name).resolve(sample.id());
                Files.createDirectories(file.getParent());
                Files.write(file, sample.source().read());
                samples.add(Sample.of(sample.id(), new SampleSource.FileSource(file), sample.target()));
            }
            places.add(new Dataset(dataset.classes(), samples));
        }
        for (Dataset place : places) {
            try (DataLoader loader = LoaderFixtures.loader(place).build()) {
                assertThat(LoaderFixtures.all(loader.epoch(0, 0))).isEqualTo(reference(0));
            }
        }
    }

    @Test
    void theLastBatchIsSmallerAndDescribesItself() {
        try (DataLoader loader = LoaderFixtures.loader(dataset).batchSize(10).build()) {
            Epoch epoch = loader.epoch(0, 4);
            Batch batch = epoch.next();
            assertThat(List.of(batch.size(), batch.height(), batch.width(), batch.channels(), batch.depth()))
                    .containsExactly(3, 24, 24, 3, 1);
            assertThat(batch.pixels().remaining()).isEqualTo(3 * 24 * 24 * 3);
            assertThat(batch.pixels().isDirect()).isTrue();
            assertThat(batch.ids()).hasSize(3);
            assertThat(batch.targets()).hasSize(3);
            assertThat(epoch.hasNext()).isFalse();
            assertThatThrownBy(epoch::next).isInstanceOf(NoSuchElementException.class);
            assertThat(epoch.waitNanos()).isPositive();
        }
    }

    @Test
    void buffersAreUsedAgainAndTheCurrentBatchIsLeftAlone() throws InterruptedException {
        try (DataLoader loader = LoaderFixtures.loader(dataset)
                .workers(3)
                .prefetch(2)
                .batchSize(2)
                .build()) {
            Set<Long> addresses = new HashSet<>();
            for (int e = 0; e < 3; e++) {
                Epoch epoch = loader.epoch(e, 0);
                while (epoch.hasNext()) {
                    Batch batch = epoch.next();
                    List<LoaderFixtures.Seen> before = LoaderFixtures.seen(batch);
                    Thread.sleep(2); // time for the workers to write where they must not
                    assertThat(LoaderFixtures.seen(batch)).isEqualTo(before);
                    addresses.add(new BytePointer(batch.pixels()).address());
                }
            }
            assertThat(addresses).hasSize(3);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void workersNeverReadFurtherAheadThanThePrefetch(int workers) throws InterruptedException {
        try (DataLoader loader =
                LoaderFixtures.loader(dataset).workers(workers).prefetch(2).build()) {
            Epoch epoch = loader.epoch(0, 0);
            for (int batch = 1; batch <= 3; batch++) {
                epoch.next();
                Thread.sleep(100); // long enough to run ahead, if anything did
                assertThat(reads.get()).isBetween(batch * 4, (batch + 2) * 4);
            }
        }
    }

    @Test
    void anAbandonedEpochLeavesNoBusyWorker() throws InterruptedException {
        try (DataLoader loader =
                LoaderFixtures.loader(dataset).workers(2).prefetch(8).build()) {
            Epoch epoch = loader.epoch(1, 0);
            epoch.next();
            epoch.close();
            int atClose = reads.get();
            Thread.sleep(100); // long enough to go on reading, if anything did
            assertThat(reads.get()).isEqualTo(atClose).isLessThan(SIZE);
            assertThat(epoch.hasNext()).isFalse();
            assertThat(LoaderFixtures.all(loader.epoch(1, 0))).isEqualTo(reference(1));
            loader.epoch(2, 0).next();
            assertThat(LoaderFixtures.all(loader.epoch(1, 0))).isEqualTo(reference(1));
        }
    }

    @Test
    void closingTheLoaderEndsItsThreads() throws InterruptedException {
        DataLoader loader = LoaderFixtures.loader(dataset).workers(2).build();
        Set<Thread> workers = new HashSet<>();
        loader.epoch(0, 0).next();
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().startsWith("sichter-loader-")) {
                assertThat(thread.isDaemon()).isTrue();
                workers.add(thread);
            }
        }
        assertThat(workers).isNotEmpty();
        loader.close();
        for (Thread thread : workers) {
            thread.join();
        }
        assertThatThrownBy(() -> loader.epoch(0, 0)).hasMessageContaining("closed");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3})
    void aFailureReachesTheConsumerWithItsBatch(int workers) {
        List<Throwable> failures = List.of(new IllegalStateException("broken decoder"), new AssertionError("broken"));
        for (Throwable failure : failures) {
            SampleSource failing = new SampleSource() {
                @Override
                public byte[] read() {
                    if (failure instanceof Error error) {
                        throw error;
                    }
                    throw (RuntimeException) failure;
                }

                @Override
                public String location() {
                    return "failing";
                }
            };
            try (DataLoader loader = LoaderFixtures.loader(LoaderFixtures.replace(dataset, 9, failing))
                    .sampler(new SequentialSampler())
                    .workers(workers)
                    .build()) {
                Epoch epoch = loader.epoch(0, 0);
                assertThat(epoch.next().size()).isEqualTo(4);
                assertThat(epoch.next().size()).isEqualTo(4);
                assertThatThrownBy(epoch::next).isSameAs(failure);
                assertThat(epoch.hasNext()).isFalse();
                assertThat(loader.epoch(0, 3).next().size()).isEqualTo(4);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 2})
    void picturesThatCannotBeReadAreLeftOutAndListed(int workers) {
        byte[] noPicture = {1, 2, 3};
        Dataset damaged = dataset;
        for (int index : new int[] {1, 4, 5, 6, 7, 42}) {
            byte[] bytes = index == 1 ? noPicture : new byte[0];
            damaged = LoaderFixtures.replace(damaged, index, new LoaderFixtures.Memory("at" + index, bytes, reads));
        }
        List<LoaderFixtures.Seen> expected = new ArrayList<>();
        List<Batch> batches = new ArrayList<>();
        try (DataLoader whole = LoaderFixtures.loader(dataset)
                        .sampler(new SequentialSampler())
                        .build();
                DataLoader loader = LoaderFixtures.loader(damaged)
                        .sampler(new SequentialSampler())
                        .workers(workers)
                        .build()) {
            List<LoaderFixtures.Seen> complete = LoaderFixtures.all(whole.epoch(0, 0));
            IntStream.range(0, SIZE)
                    .filter(i -> i != 1 && (i < 4 || i > 7) && i != 42)
                    .forEach(i -> expected.add(complete.get(i)));
            List<LoaderFixtures.Seen> seen = new ArrayList<>();
            Epoch epoch = loader.epoch(0, 0);
            while (epoch.hasNext()) {
                Batch batch = epoch.next();
                seen.addAll(LoaderFixtures.seen(batch));
                batches.add(batch);
            }
            assertThat(seen).isEqualTo(expected);
        }
        assertThat(batches.get(0).size()).isEqualTo(3);
        assertThat(batches.get(0).skipped())
                .containsExactly(new Batch.Skipped("c1/1.png", Text.of("about", "at1", Text.verbatim("no picture"))));
        assertThat(batches.get(1).size()).isZero();
        assertThat(batches.get(1).skipped()).hasSize(4);
        assertThat(batches.get(1).skipped().get(0).reason().toString()).contains("cannot be read", "gone");
        assertThat(batches.get(1).pixels().remaining()).isZero();
        assertThat(batches.get(2).skipped()).isEmpty();
        assertThat(batches.get(10).size()).isEqualTo(2);
    }

    @Test
    void anInterruptedConsumerStopsWaiting() {
        SampleSource slow = new SampleSource() {
            @Override
            public byte[] read() {
                while (!Thread.currentThread().isInterrupted() && !reads.compareAndSet(-1, 0)) {
                    Thread.onSpinWait();
                }
                throw new IllegalStateException("released");
            }

            @Override
            public String location() {
                return "slow";
            }
        };
        try (DataLoader loader = LoaderFixtures.loader(LoaderFixtures.replace(dataset, 0, slow))
                .sampler(new SequentialSampler())
                .build()) {
            Epoch epoch = loader.epoch(0, 0);
            Thread consumer = Thread.currentThread();
            Thread other = new Thread(() -> {
                while (consumer.getState() != Thread.State.WAITING) {
                    Thread.onSpinWait();
                }
                consumer.interrupt();
                // The worker is let go, for which close() waits, once the consumer had time to see the interrupt first.
                LockSupport.parkNanos(500_000_000);
                reads.set(-1);
            });
            other.start();
            assertThatThrownBy(epoch::next).hasMessageContaining("Interrupted while waiting");
            assertThat(Thread.interrupted()).isTrue();
            assertThat(epoch.hasNext()).isFalse();
        }
    }

    @Test
    void deepPicturesKeepTheirDepth() {
        Pipeline pipeline = Pipeline.of(List.of(TransformSpec.of("resize", Map.of("size", List.of(2, 2)))), 2, 5);
        DataLoader.Builder builder = DataLoader.builder(
                        dataset,
                        (bytes, name) -> {
                            org.bytedeco.opencv.opencv_core.Mat mat = new org.bytedeco.opencv.opencv_core.Mat();
                            Image.ofBytes(1, 1, 5, new byte[] {1, 2, 3, 4, 5})
                                    .mat()
                                    .convertTo(mat, Image.Depth.FLOAT32.code(), 0.5, 0);
                            return Image.of(mat);
                        },
                        pipeline)
                .batchSize(2);
        try (DataLoader loader = builder.depth(Image.Depth.FLOAT32).build()) {
            Batch batch = loader.epoch(0, 0).next();
            assertThat(batch.depth()).isEqualTo(4);
            float[] values = new float[40];
            batch.pixels().asFloatBuffer().get(values);
            for (int i = 0; i < 40; i++) {
                assertThat(values[i]).isEqualTo((i % 5 + 1) / 2f);
            }
        }
        try (DataLoader loader = builder.depth(Image.Depth.UINT8).build()) {
            assertThatThrownBy(() -> loader.epoch(0, 0).next()).hasMessageContaining("FLOAT32");
        }
    }

    @Test
    void refusesImpossibleSizes() {
        Pipeline huge = Pipeline.of(List.of(TransformSpec.of("center_crop", Map.of("size", 4096))), 4096, 3);
        assertThatThrownBy(() -> DataLoader.builder(dataset, LoaderFixtures.DECODER, huge)
                        .batchSize(65536)
                        .build())
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("loader.batch_size");
        assertThatThrownBy(() -> LoaderFixtures.loader(dataset).batchSize(0).build())
                .isInstanceOf(IllegalArgumentException.class);
        try (DataLoader empty =
                LoaderFixtures.loader(LoaderFixtures.dataset(0, reads)).build()) {
            assertThat(empty.batches()).isZero();
            assertThat(empty.epoch(0, 0).hasNext()).isFalse();
        }
    }

    @Test
    void choosesAtLeastOneWorker() {
        try (DataLoader loader = LoaderFixtures.loader(dataset)
                .workers(-1)
                .augmentSeed(SeedStream.of(1))
                .build()) {
            assertThat(loader.workers()).isBetween(1, 8);
        }
    }
}
