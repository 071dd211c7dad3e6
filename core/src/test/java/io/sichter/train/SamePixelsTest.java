package io.sichter.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.sichter.config.ConfigLayer;
import io.sichter.config.ConfigReader;
import io.sichter.config.RunConfig;
import io.sichter.dataset.DataFolder;
import io.sichter.loader.Batch;
import io.sichter.loader.Epoch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What a training gets in an epoch, picture by picture and in this order, follows from the seed alone: not from workers,
 * the size of batches, whether a folder or a table names the pictures, or where they lie.
 */
class SamePixelsTest {
    private static final int SIZE = 24;

    @TempDir
    static Path folder;

    private static Path pictures;

    /** One picture as the network would get it. */
    private record Seen(String id, long target, List<Byte> pixels) {}

    @BeforeAll
    static void draw() throws IOException {
        pictures = TinyPictures.draw(folder.resolve("here"), 30, 1);
    }

    private static List<Seen> epoch(int number, String data, String... settings) {
        Map<String, ConfigLayer> layers = new LinkedHashMap<>();
        Stream.concat(
                        Stream.of(
                                "data.path=" + data,
                                "model.image_size=" + SIZE,
                                "runtime.threads=1",
                                "transforms=seed000",
                                "seed=11"),
                        Stream.of(settings))
                .forEach(text -> layers.put(text.substring(0, text.indexOf('=')), ConfigLayer.assignment(text)));
        RunConfig config = ConfigReader.resolve(RunConfig.defaults(), List.copyOf(layers.values()));
        SessionBuilder builder = new SessionBuilder(config);
        RunData split = RunData.scan(DataFolder.open(Path.of(data)), config, builder.decoder(), event -> {});
        List<Seen> seen = new ArrayList<>();
        try (Plan plan = builder.plan(split.train());
                Epoch epoch = plan.loader(number).epoch(number, 0)) {
            while (epoch.hasNext()) {
                Batch batch = epoch.next();
                int bytes = batch.pixels().remaining() / batch.size();
                for (int i = 0; i < batch.size(); i++) {
                    List<Byte> pixels = new ArrayList<>(bytes);
                    for (int k = 0; k < bytes; k++) {
                        pixels.add(batch.pixels().get(i * bytes + k));
                    }
                    seen.add(new Seen(batch.ids().get(i), batch.targets()[i], pixels));
                }
            }
        }
        return seen;
    }

    @ParameterizedTest
    @CsvSource({"0, 8", "0, 64", "1, 8", "1, 64", "2, 8", "2, 64"})
    void workersAndBatchesChangeNothing(int workers, int batchSize) {
        List<Seen> usual = epoch(2, pictures.toString());
        assertThat(usual).hasSize(72);
        assertThat(epoch(2, pictures.toString(), "loader.workers=" + workers, "loader.batch_size=" + batchSize))
                .isEqualTo(usual);
    }

    @Test
    void anotherSeedOrEpochChangesEverything() {
        List<Seen> usual = epoch(2, pictures.toString());
        assertThat(epoch(3, pictures.toString())).doesNotContainAnyElementsOf(usual);
        assertThat(epoch(2, pictures.toString(), "seed=12")).doesNotContainAnyElementsOf(usual);
    }

    @Test
    void aTableOfTheSamePicturesAndAnotherPlaceChangeNothing() throws IOException {
        List<Seen> usual = epoch(2, pictures.toString());
        Path elsewhere = folder.resolve("elsewhere/deeper");
        List<String> rows = new ArrayList<>(List.of("path,label"));
        try (Stream<Path> files = Files.walk(pictures)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path id = pictures.relativize(file);
                Files.createDirectories(elsewhere.resolve(id).getParent());
                Files.copy(file, elsewhere.resolve(id));
                rows.add(1, id.toString().replace('\\', '/') + "," + id.getName(0));
            }
        }
        assertThat(epoch(2, elsewhere.toString())).isEqualTo(usual);
        Path table = Files.write(elsewhere.resolve("list.csv"), rows);
        assertThat(epoch(2, table.toString())).isEqualTo(usual);
    }
}
