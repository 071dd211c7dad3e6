package io.sichter.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sichter.error.DataException;
import io.sichter.error.StorageException;
import io.sichter.error.UsageException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SplitFolderTest {
    @TempDir
    Path folder;

    private Path data;
    private Path out;

    @BeforeEach
    void pictures() {
        data = folder.resolve("data");
        out = folder.resolve("out");
        PictureTree tree = new PictureTree(data);
        for (int i = 0; i < 20; i++) {
            tree.file("cat/" + i + ".jpg", ("cat " + i).getBytes(StandardCharsets.UTF_8));
            tree.file("dog/deep/" + i + ".jpg", ("dog " + i).getBytes(StandardCharsets.UTF_8));
        }
    }

    private static RatioSplit ratio(String text) {
        return new RatioSplit(RatioSplit.parse(text), true, "", false, 1);
    }

    private SplitFolder.Result make(RatioSplit split, SplitFolder.Mode mode) {
        DataFolder source = DataFolder.open(data);
        SplitRecord record = split.apply(source, mode, 2, (d, t) -> {});
        return new SplitFolder(source, record, out, mode).make(2, (d, t) -> {});
    }

    private List<String> files() throws IOException {
        try (Stream<Path> walk = Files.walk(out)) {
            return walk.filter(Files::isRegularFile)
                    .map(p -> out.relativize(p).toString().replace('\\', '/'))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @EnumSource(SplitFolder.Mode.class)
    void makesWhatTrainingTakes(SplitFolder.Mode mode) throws IOException {
        SplitFolder.Result result = make(ratio("0.9"), mode);
        assertThat(result).isEqualTo(new SplitFolder.Result(40, 0));
        DataFolder made = DataFolder.open(out);
        assertThat(made.layout()).isEqualTo(DataFolder.Layout.TRAIN_WITHOUT_VALIDATION);
        assertThat(made.ignored()).isEmpty();
        assertThat(made.dataset(Part.TRAIN).classCounts()).containsExactly(18, 18);
        assertThat(made.dataset(Part.TEST).classCounts()).containsExactly(2, 2);
        Path one = out.resolve(made.dataset(Part.TEST).samples().get(0).id());
        assertThat(Files.isSymbolicLink(one)).isEqualTo(mode == SplitFolder.Mode.SYMLINK);
        assertThat(Files.readString(one)).startsWith("cat ");
        // The table it leaves is data of its own, with the same pictures.
        DataFolder table = DataFolder.open(out.resolve("split.csv"));
        assertThat(table.samples())
                .extracting(Sample::id)
                .isEqualTo(made.samples().stream().map(Sample::id).toList());
        JsonNode json = new ObjectMapper().readTree(out.resolve("split.json").toFile());
        assertThat(json.path("complete").asBoolean()).isTrue();
        assertThat(json.path("counts").path("test").path("dog").asInt()).isEqualTo(2);
        assertThat(json.path("pictures")).hasSize(40);
    }

    @Test
    void threeSharesMakeThreeParts() {
        make(ratio("0.8,0.1,0.1"), SplitFolder.Mode.COPY);
        DataFolder made = DataFolder.open(out);
        assertThat(made.layout()).isEqualTo(DataFolder.Layout.TRAIN_AND_VALIDATION);
        assertThat(made.dataset(Part.TRAIN).classCounts()).containsExactly(16, 16);
        assertThat(made.dataset(Part.VALIDATION).classCounts()).containsExactly(2, 2);
        assertThat(made.dataset(Part.TEST).classCounts()).containsExactly(2, 2);
    }

    @Test
    void goesOnAfterAKillAndDoesNothingWhenDone() throws IOException {
        make(ratio("0.9"), SplitFolder.Mode.COPY);
        List<String> whole = files();
        // As a process leaves it that was killed: a half file under a temporary name, files missing, not complete.
        Path json = out.resolve("split.json");
        Files.writeString(json, Files.readString(json).replace("\"complete\" : true", "\"complete\" : false"));
        Files.delete(out.resolve("split.csv"));
        Path lost = out.resolve(whole.stream()
                .filter(f -> f.startsWith("train/cat"))
                .findFirst()
                .orElseThrow());
        Files.delete(lost);
        Files.writeString(lost.resolveSibling(".tmp-" + lost.getFileName()), "c");
        assertThat(make(ratio("0.9"), SplitFolder.Mode.COPY)).isEqualTo(new SplitFolder.Result(1, 39));
        assertThat(files()).isEqualTo(whole);
        assertThat(Files.readString(json)).contains("\"complete\" : true");
        assertThat(make(ratio("0.9"), SplitFolder.Mode.COPY)).isEqualTo(new SplitFolder.Result(0, 40));
    }

    @Test
    void refusesAnotherSplitInTheSamePlace() {
        make(ratio("0.9"), SplitFolder.Mode.COPY);
        assertThatThrownBy(() -> make(ratio("0.8"), SplitFolder.Mode.COPY))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("another split")
                .hasMessageContaining("[0.8,");
        new PictureTree(data).pictures("cat/new.jpg");
        assertThatThrownBy(() -> make(ratio("0.9"), SplitFolder.Mode.COPY)).hasMessageContaining("other pictures");
    }

    @Test
    void refusesPlacesThatWouldDoHarm() {
        out = data.resolve("split");
        assertThatThrownBy(() -> make(ratio("0.9"), SplitFolder.Mode.COPY)).hasMessageContaining("lie in each other");
        out = folder;
        assertThatThrownBy(() -> make(ratio("0.9"), SplitFolder.Mode.COPY)).hasMessageContaining("lie in each other");
        out = new PictureTree(folder.resolve("mine")).pictures("holiday.jpg").root();
        assertThatThrownBy(() -> make(ratio("0.9"), SplitFolder.Mode.COPY))
                .hasMessageContaining("not empty")
                .hasMessageContaining("holiday.jpg");
        out = new PictureTree(folder)
                .pictures("file.jpg")
                .root()
                .resolve("file.jpg")
                .resolve("below");
        assertThatThrownBy(() -> make(ratio("0.9"), SplitFolder.Mode.COPY)).isInstanceOf(StorageException.class);
    }

    @Test
    void refusesTargetsThatCannotBeWritten() throws IOException {
        Files.createDirectories(out);
        Assumptions.assumeTrue(
                out.toFile().setWritable(false) && !Files.isWritable(out), "this user may write anywhere");
        try {
            assertThatThrownBy(() -> make(ratio("0.9"), SplitFolder.Mode.COPY))
                    .isInstanceOf(StorageException.class)
                    .hasMessageContaining("cannot be written");
        } finally {
            assertThat(out.toFile().setWritable(true)).isTrue();
        }
    }

    @Test
    void refusesNamesThatCollide() {
        new PictureTree(data).pictures("cat/A.jpg", "cat/a.jpg");
        Assumptions.assumeTrue(DataFolder.open(data).samples().size() == 42, "this disk knows no case");
        assertThatThrownBy(() -> make(ratio("0.9"), SplitFolder.Mode.COPY))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("the same name");
    }

    @Test
    void equalPicturesStayTogetherAndConflictsAreSaid() {
        byte[] same = "the same picture".getBytes(StandardCharsets.UTF_8);
        PictureTree tree = new PictureTree(data);
        for (int i = 0; i < 10; i++) {
            tree.file("cat/copy" + i + ".jpg", same);
        }
        tree.file("dog/copy.jpg", same);
        DataFolder source = DataFolder.open(data);
        for (int seed = 0; seed < 5; seed++) {
            RatioSplit split = new RatioSplit(List.of(0.7, 0.3), true, "", true, seed);
            SplitRecord record = split.apply(source, SplitFolder.Mode.COPY, 2, (d, t) -> {});
            long testing = record.partition().test().stream()
                    .filter(s -> s.id().contains("copy"))
                    .count();
            assertThat(testing).isIn(0L, 11L);
            assertThat(record.labelConflicts()).hasSize(1);
            assertThat(record.labelConflicts().get(0)).hasSize(11).contains("dog/copy.jpg");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1", "0", "1.5", "0.5,0.6", "0.5,0.2,0.2,0.1", "half", "0.9,", "-0.1,1.1", "NaN"})
    void refusesSharesThatAreNone(String text) {
        assertThatThrownBy(() -> RatioSplit.parse(text)).isInstanceOf(UsageException.class);
    }

    @Test
    void theRestIsWhatAPersonWouldWrite() {
        assertThat(RatioSplit.parse("0.9")).containsExactly(0.9, 0.1);
        assertThat(RatioSplit.parse("0.7")).containsExactly(0.7, 0.3);
    }

    @Test
    void aClassThatAPartLacksIsSaid() {
        new PictureTree(data).pictures("rare/1.jpg");
        SplitRecord record = ratio("0.9").apply(DataFolder.open(data), SplitFolder.Mode.COPY, 1, (d, t) -> {});
        assertThat(record.absentClasses()).singleElement().asString().contains("\"rare\" in test");
    }

    @Test
    void refusesDataThatIsDividedAlready() {
        Path divided = new PictureTree(folder.resolve("divided"))
                .pictures("train/a/1.jpg", "train/b/1.jpg", "test/a/1.jpg")
                .root();
        assertThatThrownBy(() -> ratio("0.9").apply(DataFolder.open(divided), SplitFolder.Mode.COPY, 1, (d, t) -> {}))
                .hasMessageContaining("divided already")
                .hasMessageContaining("train, test");
    }

    @Test
    void aSplitFileOrASectionOfTheConfigurationDividesWithoutFiles() {
        DataFolder source = DataFolder.open(data);
        io.sichter.config.RunConfig config = io.sichter.config.ConfigReader.resolve(
                io.sichter.config.RunConfig.defaults(),
                List.of(new io.sichter.config.ConfigLayer.Document(
                        "test", "data: {split: kfold, folds: 4, fold: 3, test_fraction: 0.2}")));
        SplitPlan plan = new SplitPlan(config.data(), 42, 1);
        Partition partition = plan.apply(source, (d, t) -> {}).partition();
        assertThat(partition.test()).hasSize(8);
        assertThat(partition.validation()).hasSize(8);
        assertThat(partition.train()).hasSize(24);

        Path file = folder.resolve("split.csv");
        new PictureTree(folder).file("split.csv", SplitFile.write(partition).getBytes(StandardCharsets.UTF_8));
        config = io.sichter.config.ConfigReader.resolve(
                io.sichter.config.RunConfig.defaults(),
                List.of(new io.sichter.config.ConfigLayer.Setting("test", "data.split", file.toString())));
        SplitPlan byFile = new SplitPlan(config.data(), 1, 1);
        new PictureTree(data).pictures("cat/more.jpg");
        SplitPlan.Outcome outcome = byFile.apply(DataFolder.open(data), (d, t) -> {});
        assertThat(outcome.partition()).isEqualTo(partition);
        assertThat(outcome.unused()).containsExactly("cat/more.jpg");
        Path lost = data.resolve(partition.train().get(0).id());
        assertThatThrownBy(() -> {
                    Files.delete(lost);
                    byFile.apply(DataFolder.open(data), (d, t) -> {});
                })
                .hasMessageContaining("not there")
                .hasMessageContaining(partition.train().get(0).id());
    }

    @Test
    void attributesSurviveTheSplitFile() {
        Sample sample = new Sample(
                "a/1.jpg",
                new SampleSource.FileSource(Path.of("r/a/1.jpg")),
                List.of(0),
                java.util.Map.of("weight", "2", "site", "x, y"));
        Sample plain = Sample.of("b/1.jpg", new SampleSource.FileSource(Path.of("r/b/1.jpg")), 1);
        Partition partition =
                new Partition(new ClassIndex(List.of("a", "b")), List.of(sample), List.of(plain), List.of());
        Partition read = SplitFile.read(SplitFile.write(partition), partition.classes(), Path.of("r"));
        assertThat(read.train()).containsExactly(sample);
        assertThat(read.validation().get(0).weight()).isEqualTo(1);
    }
}
