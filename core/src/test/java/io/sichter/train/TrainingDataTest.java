package io.sichter.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sichter.config.ConfigLayer;
import io.sichter.config.ConfigReader;
import io.sichter.config.Normalization;
import io.sichter.config.RunConfig;
import io.sichter.evaluate.Evaluation;
import io.sichter.evaluate.EvaluationListener;
import io.sichter.evaluate.EvaluationResult;
import io.sichter.event.TrainEvent;
import io.sichter.run.ModelBundle;
import io.sichter.run.RunDirectory;
import io.sichter.storage.Digests;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What of the data reaches a run: where pictures come from, how they are normalised, balanced and named. */
class TrainingDataTest {
    @TempDir
    static Path folder;

    private static Path pictures;

    private final List<TrainEvent> events = new ArrayList<>();

    @BeforeAll
    static void draw() throws IOException {
        pictures = TinyPictures.draw(folder.resolve("pictures"), 12, 1);
    }

    private TrainResult train(Path data, String... settings) {
        List<ConfigLayer> layers = new ArrayList<>(List.of(
                ConfigLayer.assignment("data.path=" + data),
                ConfigLayer.assignment("runs_dir=" + folder.resolve("runs")),
                ConfigLayer.assignment("model.name=simple_cnn"),
                ConfigLayer.assignment("model.image_size=16"),
                ConfigLayer.assignment("train.epochs=1"),
                ConfigLayer.assignment("runtime.threads=1"),
                ConfigLayer.assignment("loader.batch_size=9"),
                ConfigLayer.assignment("runtime.precision=fp32")));
        List<String> given = List.of(settings);
        layers.removeIf(layer -> given.stream().anyMatch(s -> s.startsWith(((ConfigLayer.Setting) layer).key() + "=")));
        given.stream().map(ConfigLayer::assignment).forEach(layers::add);
        events.clear();
        return Training.start(
                ConfigReader.resolve(RunConfig.defaults(), layers), new StopSignal(), List.of(events::add));
    }

    private <E extends TrainEvent> List<E> seen(Class<E> kind) {
        return events.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    private String advice() {
        return seen(TrainEvent.Advice.class).toString();
    }

    private static List<String> result(TrainResult result) throws IOException {
        return List.of(
                Files.readString(result.run().resolve("metrics.csv")),
                Digests.sha256(result.run().resolve("bundle/model.safetensors")));
    }

    @Test
    void aTableOfTheSameFilesGivesTheSameBits() throws IOException {
        TrainResult ofFolder = train(pictures);
        List<String> rows = new ArrayList<>();
        try (Stream<Path> walk = Files.walk(pictures)) {
            walk.map(p -> pictures.relativize(p).toString().replace('\\', '/'))
                    .filter(id -> id.endsWith(".png"))
                    .forEach(id -> rows.add(id + "\t" + id.substring(0, id.indexOf('/')) + "\tA\n"));
        }
        java.util.Collections.shuffle(rows, new java.util.Random(1));
        String table = "path\tlabel\tsite\n" + String.join("", rows);
        Path file = pictures.resolve("list.tsv");
        Files.writeString(file, table);
        try {
            TrainResult ofTable = train(file);
            assertThat(result(ofTable)).isEqualTo(result(ofFolder));
            assertThat(Files.readString(ofTable.run().resolve("split.csv"))).startsWith("path,class,split,site\n");
            assertThat(io.sichter.report.Plots.pictures(new RunDirectory(ofTable.run())))
                    .as("where the pictures of the table lie")
                    .isEqualTo(pictures.toAbsolutePath());
            EvaluationResult again = Evaluation.of(ofTable.run(), Optional.empty(), "auto", EvaluationListener.none());
            assertThat(again.accuracy()).isEqualTo(ofTable.best().get("val_accuracy"));
        } finally {
            Files.delete(file);
        }
    }

    @Test
    void fromScratchTheTrainingPicturesOwnNumbersAreUsedAndRecorded() throws IOException {
        TrainResult result = train(pictures, "transforms.train=[{resize: {size: [16, 16]}}]", "loader.batch_size=64");
        TrainEvent.NormalizationChosen chosen =
                seen(TrainEvent.NormalizationChosen.class).get(0);
        assertThat(chosen.source()).isEqualTo("dataset");
        Normalization recorded =
                ConfigReader.read(result.run().resolve("run.yaml")).transforms().normalization(3);
        assertThat(recorded).isEqualTo(new Normalization(chosen.mean(), chosen.std()));
        ModelBundle bundle = ModelBundle.read(result.run().resolve("bundle"));
        assertThat(bundle.preprocessing().mean()).isEqualTo(chosen.mean());
        assertThat(bundle.provenance()).containsEntry("normalize", "dataset");
        JsonNode json = new ObjectMapper()
                .readTree(result.run().resolve("statistics.json").toFile());
        assertThat(json.path("normalize").path("asked").asText()).isEqualTo("auto");
        assertThat(json.path("statistics").path("pictures").asInt()).isEqualTo(29); // 36 less 7 that validate
        // The whole training split is the first batch here, so that it must come out as 0 and 1.
        TrainEvent.FirstBatch first = seen(TrainEvent.FirstBatch.class).get(0);
        for (int c = 0; c < 3; c++) {
            assertThat(first.mean().get(c)).isCloseTo(0, within(0.1));
            assertThat(first.std().get(c)).isCloseTo(1, within(0.1));
        }
        assertThat(first.classes().values()).containsExactly(9, 10, 10);
        assertThat(advice()).doesNotContain("First batch", "first batch");
    }

    @Test
    void otherNumbersAreUsedAsGivenAndTheirEffectIsSaid() {
        TrainResult result = train(pictures, "transforms.normalize=0.9/0.05");
        assertThat(ModelBundle.read(result.run().resolve("bundle"))
                        .preprocessing()
                        .std())
                .containsExactly(0.05, 0.05, 0.05);
        assertThat(advice()).contains("The first batch has mean -");
        assertThat(seen(TrainEvent.StatisticsProgress.class)).isEmpty();
        train(pictures, "transforms.normalize=imagenet");
        assertThat(seen(TrainEvent.NormalizationChosen.class).get(0).mean()).isEqualTo(Normalization.IMAGENET.mean());
    }

    private static Path uneven() throws IOException {
        Path root = folder.resolve("uneven");
        if (!Files.exists(root)) {
            TinyPictures.draw(root, 24, 3);
            for (int i = 4; i < 24; i++) {
                Files.delete(root.resolve("disc/disc" + i + ".png"));
            }
        }
        return root;
    }

    @Test
    void unevenClassesAreSaidAndEveryModeBalancesThem() throws IOException {
        train(uneven());
        assertThat(advice()).contains("The classes are uneven").contains("\"disc\" has 3");
        assertThat(seen(TrainEvent.ClassesBalanced.class)).isEmpty();
        List<String> none =
                List.of(seen(TrainEvent.FirstBatch.class).get(0).classes().toString());

        TrainResult weighted = train(uneven(), "balance.mode=weights", "transforms.train=[{resize: {size: [16, 16]}}]");
        TrainEvent.ClassesBalanced classes =
                seen(TrainEvent.ClassesBalanced.class).get(0);
        assertThat(classes.pictures()).containsExactly(3, 19, 20);
        assertThat(classes.weights().get(0) / classes.weights().get(1)).isCloseTo(19 / 3.0, within(1e-12));
        TrainResult unweighted = train(uneven(), "transforms.train=[{resize: {size: [16, 16]}}]");
        assertThat(weighted.best().get("train_loss"))
                .isNotEqualTo(unweighted.best().get("train_loss"));

        train(uneven(), "balance.mode=batches");
        assertThat(seen(TrainEvent.FirstBatch.class).get(0).classes().values()).containsExactly(3, 3, 3);
        train(uneven(), "balance.mode=sampler");
        assertThat(seen(TrainEvent.FirstBatch.class).get(0).classes().get("disc"))
                .isGreaterThan(1);
        assertThat(none.toString()).doesNotContain("disc=3");
    }

    @Test
    void classesMayBeNamedMergedAndDropped() throws IOException {
        String rules = "classes={names: {disc: Scheibe}, merge: {kantig: [square, stripes]}}";
        TrainResult result = train(pictures, rules);
        assertThat(Files.readString(result.run().resolve("classes.txt"))).isEqualTo("Scheibe\nkantig\n");
        ModelBundle bundle = ModelBundle.read(result.run().resolve("bundle"));
        assertThat(bundle.classes()).containsExactly("Scheibe", "kantig");
        Path moved = folder.resolve("moved-bundle");
        Files.createDirectories(moved);
        for (String file : List.of("model.yaml", "model.safetensors")) {
            Files.copy(result.run().resolve("bundle").resolve(file), moved.resolve(file));
        }
        EvaluationResult evaluation = Evaluation.of(moved, Optional.of(pictures), "auto", EvaluationListener.none());
        assertThat(evaluation.samples()).isEqualTo(36);
        assertThat(evaluation.classes())
                .extracting(EvaluationResult.ClassResult::name)
                .containsExactly("Scheibe", "kantig");
        assertThat(evaluation.classes())
                .extracting(EvaluationResult.ClassResult::samples)
                .containsExactly(12L, 24L);
    }

    @Test
    void classesMayHaveTransformsOfTheirOwnInTrainingOnly() throws IOException {
        String turned =
                "transforms.per_class={disc: [{random_rotation: {degrees: [90, 90]}}, {resize: {size: [16, 16]}}]}";
        TrainResult plain = train(pictures);
        TrainResult own = train(pictures, turned);
        assertThat(result(own)).isNotEqualTo(result(plain));
        assertThat(advice()).contains("random_rotation (disc)").contains("may learn the trace");
        // Evaluation knows nothing of it: the same weights judge the same, whatever a class had in training.
        EvaluationResult before = Evaluation.of(own.run(), Optional.empty(), "auto", EvaluationListener.none());
        assertThat(before.accuracy()).isEqualTo(own.best().get("val_accuracy"));
        assertThat(Files.readString(own.run().resolve("bundle/model.yaml"), StandardCharsets.UTF_8))
                .doesNotContain("random_rotation");
        assertThatThrownBy(() -> train(pictures, "transforms.per_class={disk: [{resize: {size: [16, 16]}}]}"))
                .hasMessageContaining("Did you mean \"disc\"?");
        train(pictures, "transforms.per_class={disc: [{random_horizontal_flip: {}}, {resize: {size: [16, 16]}}]}");
        assertThat(advice()).doesNotContain("may learn the trace");
    }

    @Test
    void aKilledRunsInputsAreThoseOfTheRunNotOfTheDataNow() {
        TrainResult first = train(pictures, "data.split=kfold", "data.folds=3", "data.test_fraction=0.25");
        RunConfig recorded = ConfigReader.read(first.run().resolve("run.yaml"));
        assertThat(recorded.transforms().normalize()).contains("/");
        List<TrainEvent> resumed = new ArrayList<>();
        Training.resume(
                first.run(),
                new ResumeOptions(java.util.OptionalInt.of(2), true),
                new StopSignal(),
                List.of(resumed::add));
        assertThat(resumed)
                .noneMatch(e -> e instanceof TrainEvent.StatisticsProgress || e instanceof TrainEvent.FirstBatch);
    }
}
