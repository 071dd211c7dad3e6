package io.sichter.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.sichter.GoldenFile;
import io.sichter.config.ConfigLayer;
import io.sichter.config.ConfigReader;
import io.sichter.config.RunConfig;
import io.sichter.dataset.Sample;
import io.sichter.dataset.SampleSource;
import io.sichter.image.DecodeLimits;
import io.sichter.image.Image;
import io.sichter.image.OpenCvDecoder;
import io.sichter.storage.UserCache;
import io.sichter.transform.Pipeline;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.ShortPointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.bytedeco.opencv.opencv_core.Mat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatisticsTest {
    private static final JsonNode GOLDEN = GoldenFile.json("stats/stats");

    @TempDir
    Path folder;

    private List<Sample> samples() throws IOException {
        List<Sample> samples = new ArrayList<>();
        for (JsonNode name : GOLDEN.path("pictures")) {
            Path file = folder.resolve(name.asText());
            try (InputStream in = StatisticsTest.class.getResourceAsStream("/golden/stats/" + name.asText())) {
                Files.write(file, in.readAllBytes());
            }
            Files.setLastModifiedTime(file, FileTime.fromMillis(1_700_000_000_000L));
            samples.add(Sample.of(name.asText(), new SampleSource.FileSource(file), 0));
        }
        return samples;
    }

    private static RunConfig config(String... assignments) {
        List<ConfigLayer> layers = new ArrayList<>();
        for (String assignment : assignments) {
            layers.add(ConfigLayer.assignment(assignment));
        }
        return ConfigReader.resolve(RunConfig.defaults(), layers);
    }

    private static StatisticsPass pass(int threads) {
        DecodeLimits limits = DecodeLimits.defaults();
        return new StatisticsPass(new OpenCvDecoder(limits), Optional.empty(), limits, 3, threads);
    }

    private static void compare(DatasetStatistics found, JsonNode golden, double tolerance) {
        assertThat(found.pixels()).isEqualTo(golden.path("pixels").asLong());
        Map<String, List<Double>> all = Map.of(
                "mean", found.mean(),
                "std", found.std(),
                "mean_per_picture", found.meanPerPicture(),
                "std_per_picture", found.stdPerPicture());
        all.forEach((name, values) -> {
            double[] expected = GoldenFile.doubles(golden.path(name));
            for (int c = 0; c < 3; c++) {
                assertThat(values.get(c)).as(name + " " + c).isCloseTo(expected[c], within(tolerance));
            }
        });
    }

    @Test
    void bothFormulasAreThoseOfNumPyAndOfTheCourseNotes() throws IOException {
        compare(pass(1).run(samples(), (d, t) -> {}), GOLDEN.path("stored"), 1e-11);
    }

    @Test
    void resizedPicturesAreCountedAsTorchvisionResizesThem() throws IOException {
        StatisticsCache none = new StatisticsCache(folder.resolve("none"));
        RunConfig config = config("model.image_size=" + GOLDEN.path("size").asInt());
        compare(CachedStatistics.asEvaluated(config, none).of(samples(), (d, t) -> {}), GOLDEN.path("resized"), 5e-4);
    }

    @Test
    void theBitsDependNeitherOnThreadsNorOnOrder() throws IOException {
        List<Sample> samples = samples();
        List<Sample> many = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            many.addAll(samples);
        }
        DatasetStatistics one = pass(1).run(many, (d, t) -> {});
        Collections.shuffle(many, new Random(1));
        assertThat(pass(4).run(many, (d, t) -> {})).isEqualTo(one);
    }

    @Test
    void aConstantChannelHasNoDeviationHoweverManyPixels() {
        byte[] grey = new byte[300 * 400 * 3];
        java.util.Arrays.fill(grey, (byte) 200);
        ChannelTotals totals = new ChannelTotals(3);
        try (Image image = Image.ofBytes(300, 400, 3, grey)) {
            for (int i = 0; i < 1000; i++) {
                totals.add(PictureSums.of(image));
            }
        }
        // The float32 sums of a naive loop are off in the third digit here.
        assertThat(totals.std()).containsOnly(0.0);
        assertThat(totals.mean()).containsOnly(200 / 255.0);
        assertThat(totals.stdPerPicture()).containsOnly(0.0);
    }

    @Test
    void sizesAndKindsAreThoseOfTheFiles() throws IOException {
        List<Sample> samples = samples();
        Path broken = Files.write(folder.resolve("x.png"), new byte[] {1, 2});
        samples.add(Sample.of("x.png", new SampleSource.FileSource(broken), 0));
        DatasetStatistics found = pass(2).run(samples, (d, t) -> {});
        assertThat(found.pictures()).isEqualTo(5);
        assertThat(found.unreadable()).isEqualTo(1);
        assertThat(found.width()).isEqualTo(new DatasetStatistics.Spread(32, 41, 56));
        assertThat(found.height()).isEqualTo(new DatasetStatistics.Spread(33, 40, 64));
        assertThat(found.kinds()).isEqualTo(Map.of("colour", 4, "grey", 1));
    }

    @Test
    void whatHasNotChangedIsNotCountedAgain() throws IOException {
        StatisticsCache cache = new StatisticsCache(folder.resolve("cache"));
        List<Sample> samples = samples();
        CachedStatistics stored = CachedStatistics.asStored(config(), cache);
        int[] looked = {0};
        DatasetStatistics first = stored.of(samples, (d, t) -> looked[0]++);
        assertThat(looked[0]).isEqualTo(5);
        assertThat(stored.of(samples, (d, t) -> looked[0]++)).isEqualTo(first);
        assertThat(looked[0]).as("from the cache").isEqualTo(5);
        CachedStatistics.asEvaluated(config("model.image_size=8"), cache).of(samples, (d, t) -> looked[0]++);
        assertThat(looked[0]).as("another size is another thing").isEqualTo(10);

        Path file = ((SampleSource.FileSource) samples.get(0).source()).path();
        Files.setLastModifiedTime(file, FileTime.fromMillis(1_700_000_000_001L));
        assertThat(stored.of(samples, (d, t) -> looked[0]++)).isEqualTo(first);
        assertThat(looked[0]).as("another time, but the same picture").isEqualTo(10);
    }

    @Test
    void dataThatWasMovedOrRenamedIsKnownAgain() throws IOException {
        StatisticsCache cache = new StatisticsCache(folder.resolve("cache"));
        CachedStatistics stored = CachedStatistics.asStored(config(), cache);
        List<Sample> samples = samples();
        DatasetStatistics first = stored.of(samples, (d, t) -> {});
        List<Sample> moved = new ArrayList<>();
        Path elsewhere = Files.createDirectories(folder.resolve("elsewhere"));
        for (Sample sample : samples) {
            Path target = elsewhere.resolve("other-" + sample.id());
            Files.copy(((SampleSource.FileSource) sample.source()).path(), target);
            moved.add(0, Sample.of("other-" + sample.id(), new SampleSource.FileSource(target), 0));
        }
        int[] looked = {0};
        assertThat(stored.of(moved, (d, t) -> looked[0]++)).isEqualTo(first);
        assertThat(looked[0]).isZero();
        stored.of(moved.subList(1, 5), (d, t) -> looked[0]++);
        assertThat(looked[0]).as("one picture less is another thing").isEqualTo(4);
    }

    @Test
    void aPictureThatChangedButKeptItsSizeAndTimeIsFoundWhereItIsAskedFor() throws IOException {
        StatisticsCache cache = new StatisticsCache(folder.resolve("cache"));
        List<Sample> samples = samples();
        DatasetStatistics before = CachedStatistics.asStored(config(), cache).of(samples, (d, t) -> {});
        Path file = ((SampleSource.FileSource) samples.get(0).source()).path();
        FileTime time = Files.getLastModifiedTime(file);
        byte[] bytes = Files.readAllBytes(file);
        byte[] other = encode(40, 56, new byte[40 * 56 * 3]);
        assertThat(other.length).isLessThan(bytes.length);
        Files.write(file, java.util.Arrays.copyOf(other, bytes.length)); // what follows the end of a PNG is ignored
        Files.setLastModifiedTime(file, time);

        assertThat(CachedStatistics.asStored(config(), cache).of(samples, (d, t) -> {}))
                .as("size and time are believed")
                .isEqualTo(before);
        DatasetStatistics after =
                CachedStatistics.asStored(config(), cache.verifying()).of(samples, (d, t) -> {});
        assertThat(after.mean().get(0)).isLessThan(before.mean().get(0));
        assertThat(CachedStatistics.asStored(config(), cache).of(samples, (d, t) -> {}))
                .as("what was found is remembered")
                .isEqualTo(after);
    }

    @Test
    void aFileThatMayStillChangeIsReadEachTime() throws IOException {
        StatisticsCache cache = new StatisticsCache(folder.resolve("cache"));
        List<Sample> samples = samples();
        Path file = ((SampleSource.FileSource) samples.get(0).source()).path();
        Files.setLastModifiedTime(file, FileTime.fromMillis(System.currentTimeMillis()));
        FileTime time = Files.getLastModifiedTime(file);
        String before = cache.key(samples, "x", 1).orElseThrow();
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length - 1] ^= 1;
        Files.write(file, bytes);
        Files.setLastModifiedTime(file, time);
        assertThat(cache.key(samples, "x", 1)).isPresent().isNotEqualTo(Optional.of(before));
        Files.delete(file);
        assertThat(cache.key(samples, "x", 1)).isEmpty();
    }

    /** 16 bits are counted as training gets them: by their high byte. */
    @Test
    void deepPicturesAreCountedAsTheNetworkGetsThem() throws IOException {
        short[] deep = new short[30 * 20 * 3];
        byte[] high = new byte[deep.length];
        Random random = new Random(9);
        for (int i = 0; i < deep.length; i++) {
            deep[i] = (short) random.nextInt();
            high[i] = (byte) (deep[i] >> 8);
        }
        try (Mat mat = new Mat(30, 20, opencv_core.CV_16UC3)) {
            try (ShortPointer pixels = new ShortPointer(mat.data())) {
                pixels.put(deep);
            }
            Files.write(folder.resolve("deep.png"), encode(mat));
        }
        Files.write(folder.resolve("plain.png"), encode(30, 20, high));
        DatasetStatistics sixteen = pass(1).run(List.of(sample("deep.png")), (d, t) -> {});
        DatasetStatistics eight = pass(1).run(List.of(sample("plain.png")), (d, t) -> {});
        assertThat(sixteen.kinds()).isEqualTo(Map.of("colour/16bit", 1));
        assertThat(sixteen.mean()).isEqualTo(eight.mean());
        assertThat(sixteen.std()).isEqualTo(eight.std());
    }

    private Sample sample(String name) {
        return Sample.of(name, new SampleSource.FileSource(folder.resolve(name)), 0);
    }

    private static byte[] encode(int height, int width, byte[] rgb) {
        try (Image image = Image.ofBytes(height, width, 3, rgb)) {
            return encode(image.mat());
        }
    }

    private static byte[] encode(Mat mat) {
        try (BytePointer encoded = new BytePointer()) {
            opencv_imgcodecs.imencode(".png", mat, encoded);
            byte[] bytes = new byte[(int) encoded.limit()];
            encoded.get(bytes);
            return bytes;
        }
    }

    @Test
    void aDamagedCacheIsCountedAnew() throws IOException {
        StatisticsCache cache = new StatisticsCache(folder.resolve("cache"));
        CachedStatistics stored = CachedStatistics.asStored(config(), cache);
        DatasetStatistics first = stored.of(samples(), (d, t) -> {});
        try (var files = Files.list(folder.resolve("cache/statistics"))) {
            Files.writeString(files.findFirst().orElseThrow(), "{\"mean\": ");
        }
        assertThat(stored.of(samples(), (d, t) -> {})).isEqualTo(first);
        StatisticsCache unwritable = new StatisticsCache(
                Files.writeString(folder.resolve("file"), "").resolve("x"));
        assertThat(CachedStatistics.asStored(config(), unwritable).of(samples(), (d, t) -> {}))
                .isEqualTo(first);
    }

    @Test
    void theCacheLiesWhereTheUserWantsIt() {
        Path home = Path.of("home");
        assertThat(UserCache.folder(Map.of(), home)).isEqualTo(home.resolve(".cache/sichter"));
        assertThat(UserCache.folder(Map.of("XDG_CACHE_HOME", "xdg"), home)).isEqualTo(Path.of("xdg/sichter"));
        assertThat(UserCache.folder(Map.of("XDG_CACHE_HOME", "xdg", "SICHTER_CACHE", "own"), home))
                .isEqualTo(Path.of("own"));
    }

    @Test
    void augmentedPicturesAreNotCounted() {
        RunConfig config = config();
        Pipeline random = Pipeline.of(config.transforms().train(), 32, 3);
        DecodeLimits limits = DecodeLimits.defaults();
        assertThatThrownBy(() -> new StatisticsPass(new OpenCvDecoder(limits), Optional.of(random), limits, 3, 1))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
