package io.sichter.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sichter.config.ConfigLayer;
import io.sichter.config.ConfigReader;
import io.sichter.config.RunConfig;
import io.sichter.error.RunFailedException;
import io.sichter.error.RunInterruptedException;
import io.sichter.error.UsageException;
import io.sichter.event.TrainEvent;
import io.sichter.event.TrainListener;
import io.sichter.run.CheckpointStore;
import io.sichter.run.ModelBundle;
import io.sichter.run.RunDirectory;
import io.sichter.storage.Digests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrainingTest {
    @TempDir
    static Path folder;

    private static Path pictures;

    @BeforeAll
    static void drawPictures() throws IOException {
        pictures = TinyPictures.drawSplit(folder.resolve("pictures"), 17, 8);
    }

    @Test
    void learnsAndWritesARunThatSaysSo() throws IOException {
        List<TrainEvent> events = new ArrayList<>();
        TrainResult result = Training.start(
                config(
                        "learns",
                        "train.epochs=8",
                        "model.image_size=32",
                        "transforms.train=[{resize: {size: [32, 32]}}]"),
                new StopSignal(),
                List.of(events::add));

        assertThat(result.best().get("val_accuracy")).isGreaterThan(0.45); // chance is 0.33
        double[] losses = events.stream()
                .filter(TrainEvent.EpochDone.class::isInstance)
                .mapToDouble(e -> ((TrainEvent.EpochDone) e).metrics().getOrDefault("train_loss", Double.NaN))
                .toArray();
        assertThat(losses[7]).isLessThan(losses[0]);
        assertThat(result.epochs()).isEqualTo(8);
        assertThat(result.trainImagesPerSecond()).isPositive();
        assertThat(result.loaderWaitFraction()).isBetween(0.0, 1.0);
        assertThat(Files.readAllLines(result.run().resolve("metrics.csv"))).hasSize(9);
        assertThat(Files.readString(result.run().resolve("STATUS"))).isEqualTo("finished\n");
        assertThat(result.run()).isDirectoryContaining("glob:**events.jsonl");
        assertThat(events).hasAtLeastOneElementOfType(TrainEvent.CheckpointSaved.class);
        assertThat(events.get(events.size() - 1)).isInstanceOf(TrainEvent.RunEnded.class);
        ModelBundle bundle = ModelBundle.read(result.run().resolve("bundle"));
        assertThat(bundle.classes()).containsExactly("disc", "square", "stripes");
        assertThat(bundle.metrics().get("val_accuracy")).isEqualTo(result.best().get("val_accuracy"));
    }

    @Test
    void aRunRemembersWhereItsPicturesAreFromAnyFolder() {
        Path relative = Path.of("").toAbsolutePath().relativize(pictures.toAbsolutePath());
        Path run = Training.start(
                        config("relative", "train.epochs=1", "data.path=" + relative), new StopSignal(), List.of())
                .run();
        Path recorded =
                Path.of(ConfigReader.read(run.resolve("run.yaml")).data().path());
        assertThat(recorded).isAbsolute().isDirectory();
    }

    @Test
    void theLossIsTheSampleWeightedMeanOverAllBatchesTheLastSmallerOneIncluded() {
        List<TrainEvent.StepDone> steps = new ArrayList<>();
        TrainResult result = Training.start(
                config("weighted", "train.epochs=1", "loader.batch_size=16"), new StopSignal(), List.of(event -> {
                    if (event instanceof TrainEvent.StepDone step) {
                        steps.add(step);
                    }
                }));
        assertThat(steps).hasSize(4); // 51 pictures: 16, 16, 16, 3
        assertThat(result.best().get("train_loss")).isEqualTo(steps.get(3).loss());
    }

    @Test
    void repeatedRunsAreByteEqualWhateverTheWorkersAndWhereverTheDataLies() throws IOException {
        Path elsewhere = folder.resolve("elsewhere");
        copyTree(pictures, elsewhere);
        String[] base = {"train.epochs=2", "loader.workers=0"};
        Path first = Training.start(config("repeat", base), new StopSignal(), List.of())
                .run();
        Path second = Training.start(
                        config("repeat", "train.epochs=2", "loader.workers=2", "data.path=" + elsewhere),
                        new StopSignal(),
                        List.of())
                .run();
        assertThat(second).isNotEqualTo(first);
        assertSameResult(second, first);
        Path other = Training.start(config("repeat", "train.epochs=2", "seed=43"), new StopSignal(), List.of())
                .run();
        assertThat(metrics(other)).isNotEqualTo(metrics(first)); // the comparison above can fail
    }

    @ParameterizedTest
    @ValueSource(strings = {"adamw", "adam", "sgd"})
    void anInterruptedRunResumesToTheSameBitsFromAnyStep(String optimizer) throws IOException {
        // resnet18 has the running statistics of batch norm, simple_cnn is quick
        String model = optimizer.equals("adamw") ? "resnet18" : "simple_cnn";
        // whatever the order of the samples comes from, it is found again in the middle of an epoch
        String balance = optimizer.equals("adamw") ? "none" : optimizer.equals("adam") ? "sampler" : "batches";
        String[] settings = {
            "train.epochs=3",
            "balance.mode=" + balance,
            "optimizer.name=" + optimizer,
            "checkpoint.every_steps=3",
            "model.name=" + model,
            "model.image_size=32"
        };
        Path whole = Training.start(config("whole-" + optimizer, settings), new StopSignal(), List.of())
                .run();
        Random random = new Random(5);
        StopSignal[] stop = {new StopSignal()};
        int stopAt = 1 + random.nextInt(4);
        Path run = interrupt("parts-" + optimizer, settings, stop, stopAt);
        int interruptions = 1;
        while (true) {
            stop[0] = new StopSignal();
            int next = 1 + random.nextInt(4);
            try {
                Training.resume(run, ResumeOptions.none(), stop[0], List.of(stopAfter(next, stop)));
                break;
            } catch (RunInterruptedException e) {
                assertThat(e.exitCode()).isEqualTo(130);
                interruptions++;
            }
        }
        assertThat(interruptions).isGreaterThan(4);
        assertSameResult(run, whole);
    }

    @Test
    void interruptedInTheValidationTheEpochIsNotTrainedAgain() throws IOException {
        String[] settings = {"train.epochs=2", "loader.batch_size=8"};
        Path whole = Training.start(config("whole-val", settings), new StopSignal(), List.of())
                .run();
        StopSignal stop = new StopSignal();
        List<TrainEvent> after = new ArrayList<>();
        assertThatThrownBy(() -> Training.start(config("val", settings), stop, List.of(event -> {
                    if (event instanceof TrainEvent.ValidationBatchDone) {
                        stop.request(143);
                    }
                })))
                .isInstanceOfSatisfying(RunInterruptedException.class, e -> assertThat(e.exitCode())
                        .isEqualTo(143));
        Path run = folder.resolve("runs/val");
        Training.resume(run, ResumeOptions.none(), new StopSignal(), List.of(after::add));
        assertSameResult(run, whole);
        assertThat(after.stream()
                        .filter(e -> e instanceof TrainEvent.StepDone s && s.epoch() == 1)
                        .count())
                .isZero();
    }

    @Test
    void resumeMayAddEpochsWhereTheScheduleAllowsOrIsPlannedAgain() {
        Path constant = Training.start(
                        config("more", "train.epochs=1", "schedule.name=constant"), new StopSignal(), List.of())
                .run();
        ResumeOptions three = new ResumeOptions(OptionalInt.of(3), false);
        assertThat(Training.resume(constant, three, new StopSignal(), List.of()).epochs())
                .isEqualTo(3);

        Path cycle = Training.start(config("cycle", "train.epochs=1"), new StopSignal(), List.of())
                .run();
        assertThatThrownBy(() -> Training.resume(cycle, three, new StopSignal(), List.of()))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("--replan");
        ResumeOptions replan = new ResumeOptions(OptionalInt.of(2), true);
        assertThat(Training.resume(cycle, replan, new StopSignal(), List.of()).epochs())
                .isEqualTo(2);
        assertThatThrownBy(() ->
                        Training.resume(cycle, new ResumeOptions(OptionalInt.of(1), true), new StopSignal(), List.of()))
                .hasMessageContaining("already done more epochs");
    }

    @Test
    void aSinglePictureInTheLastBatchIsTrained() {
        // 51 pictures in batches of 25: 25, 25, 1; batch norm alone would refuse one picture of one value per channel
        TrainResult result = Training.start(
                config(
                        "single",
                        "train.epochs=1",
                        "loader.batch_size=25",
                        "model.name=resnet18",
                        "model.image_size=32"),
                new StopSignal(),
                List.of());
        assertThat(result.best().get("train_loss")).isFinite();
    }

    @Test
    void aLossThatIsNotFiniteStopsTheRunAndIsNeverSaved() throws IOException {
        assertThatThrownBy(() -> Training.start(
                        config("nan", "train.epochs=3", "optimizer.name=sgd", "optimizer.lr=1e30"),
                        new StopSignal(),
                        List.of()))
                .isInstanceOf(RunFailedException.class)
                .hasMessageContaining("The loss is not finite")
                .hasMessageContaining("step ")
                .hasMessageContaining("first in ")
                .hasMessageContaining(".png");
        Path run = folder.resolve("runs/nan");
        assertThat(Files.readString(run.resolve("STATUS"))).startsWith("failed: The loss is not finite");
        assertThat(run.resolve("bundle")).doesNotExist();
    }

    @Test
    void anUpdateThatIsNotFiniteIsLeftOutAndCountedOrTheRunGoesBackThreeTimes() {
        String[] settings = {"train.epochs=2", "optimizer.name=sgd", "optimizer.lr=1e30", "checkpoint.every_steps=1"};
        List<TrainEvent> events = new ArrayList<>();
        List<String> skip = new ArrayList<>(List.of(settings));
        skip.add("train.non_finite=skip");
        TrainResult result =
                Training.start(config("skip", skip.toArray(String[]::new)), new StopSignal(), List.of(events::add));
        assertThat(result.epochs()).isEqualTo(2);
        // all steps but the first, whose weights are finite still
        assertThat(advice(events, "left out")).hasSize(11).last().asString().contains("11 so far");
        assertThat(new CheckpointStore(new RunDirectory(result.run()))
                        .newest()
                        .state()
                        .policies()
                        .skippedUpdates())
                .isEqualTo(11);

        events.clear();
        List<String> back = new ArrayList<>(List.of(settings));
        back.add("train.non_finite=rollback");
        assertThatThrownBy(() -> Training.start(
                        config("rollback", back.toArray(String[]::new)), new StopSignal(), List.of(events::add)))
                .isInstanceOf(RunFailedException.class);
        assertThat(advice(events, "went back to e000-s000001")).hasSize(3);
    }

    private static List<TrainEvent> advice(List<TrainEvent> events, String words) {
        return events.stream()
                .filter(e ->
                        e instanceof TrainEvent.Advice a && a.text().toString().contains(words))
                .toList();
    }

    @Test
    void gatheredBatchesGiveTheUpdateOfOneLargeBatchTheLastIncompleteGroupIncluded() {
        // 51 pictures: groups of 4 batches of 5, the last group is 5, 5, 1
        String[] settings = {
            "train.epochs=2", "optimizer.name=sgd", "optimizer.lr=0.01", "transforms.train=[{resize: {size: [16, 16]}}]"
        };
        List<String> small = new ArrayList<>(List.of(settings));
        small.addAll(List.of("loader.batch_size=5", "train.accumulate=4"));
        List<String> large = new ArrayList<>(List.of(settings));
        large.add("loader.batch_size=20");
        TrainResult gathered =
                Training.start(config("gathered", small.toArray(String[]::new)), new StopSignal(), List.of());
        TrainResult whole = Training.start(config("large", large.toArray(String[]::new)), new StopSignal(), List.of());
        assertThat(gathered.best().get("val_loss"))
                .isCloseTo(whole.best().get("val_loss"), org.assertj.core.api.Assertions.within(1e-5));
        assertThat(gathered.best().get("train_loss"))
                .isCloseTo(whole.best().get("train_loss"), org.assertj.core.api.Assertions.within(1e-5));
        assertThat(gathered.best().get("lr")).isEqualTo(whole.best().get("lr"));
    }

    @Test
    void theBundleHoldsTheMovingAverageAndBothAreInTheCheckpoint() throws IOException {
        Path run = Training.start(config("ema", "train.epochs=2", "train.ema=0.9"), new StopSignal(), List.of())
                .run();
        Path best = new CheckpointStore(new RunDirectory(run)).best().orElseThrow();
        String bundle = Digests.sha256(run.resolve("bundle/model.safetensors"));
        assertThat(bundle).isEqualTo(Digests.sha256(best.resolve("averaged.safetensors")));
        assertThat(bundle).isNotEqualTo(Digests.sha256(best.resolve("model.safetensors")));
        Path plain = Training.start(config("no-ema", "train.epochs=2"), new StopSignal(), List.of())
                .run();
        assertThat(metrics(run)).isNotEqualTo(metrics(plain)); // it is the average that was validated
    }

    @Test
    void aRunWithoutGainStopsEarlyAndSaysSo() {
        List<TrainEvent> events = new ArrayList<>();
        TrainResult result = Training.start(
                config("early", "train.epochs=6", "early_stop.patience=2", "early_stop.min_delta=2"),
                new StopSignal(),
                List.of(events::add));
        assertThat(result.epochs()).isEqualTo(3);
        assertThat(advice(events, "Stopped after 3 of 6 epochs")).hasSize(1);
    }

    @Test
    void stagesGrowThePicturesAndSetLengthAndSize() {
        RunConfig stages = ConfigReader.resolve(
                RunConfig.defaults(), List.of(ConfigLayer.assignment("train.progressive=[32:1, 48:2:batch=8:lr=0.1]")));
        assertThat(stages.train().epochs()).isEqualTo(3);
        assertThat(stages.model().imageSize()).isEqualTo(48);
        List<TrainEvent> events = new ArrayList<>();
        TrainResult result = Training.start(
                config(
                        "stages",
                        "model.name=resnet18",
                        "train.epochs=2",
                        "model.image_size=40",
                        "train.progressive=[32:1, 40:1:batch=20:lr=0.002:schedule=constant]"),
                new StopSignal(),
                List.of(events::add));
        List<TrainEvent.EpochStarted> epochs = events.stream()
                .filter(TrainEvent.EpochStarted.class::isInstance)
                .map(TrainEvent.EpochStarted.class::cast)
                .toList();
        assertThat(epochs).extracting(TrainEvent.EpochStarted::steps).containsExactly(6, 3);
        assertThat(ModelBundle.read(result.run().resolve("bundle"))
                        .preprocessing()
                        .toString())
                .contains("40");
        double last = events.stream()
                .filter(TrainEvent.StepDone.class::isInstance)
                .mapToDouble(e -> ((TrainEvent.StepDone) e).lr())
                .reduce((a, b) -> b)
                .orElseThrow();
        assertThat(last).isEqualTo(0.002);
        assertThatThrownBy(() -> Training.start(
                        config("fixed", "model.image_size=32", "train.epochs=2", "train.progressive=[16:1, 32:1]"),
                        new StopSignal(),
                        List.of()))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("different sizes");
        assertThatThrownBy(() -> config("sum", "train.epochs=3", "train.progressive=[16:1, 32:1]"))
                .hasMessageContaining("sum of the stages");
    }

    @Test
    void aDamagedLastCheckpointFallsBackToTheOneBeforeAndSaysSo() throws IOException {
        String[] settings = {"train.epochs=3"};
        Path whole = Training.start(config("whole-damage", settings), new StopSignal(), List.of())
                .run();
        StopSignal[] stop = {new StopSignal()};
        Path run = interrupt("damage", settings, stop, 9);
        Path newest = new CheckpointStore(new RunDirectory(run)).newest().path();
        Files.writeString(newest.resolve("optimizer.safetensors"), "damaged");
        List<TrainEvent> events = new ArrayList<>();
        Training.resume(run, ResumeOptions.none(), new StopSignal(), List.of(events::add));
        assertSameResult(run, whole);
        assertThat(events)
                .anyMatch(e ->
                        e instanceof TrainEvent.Advice a && a.text().toString().contains("damaged"));
    }

    private static Path interrupt(String name, String[] settings, StopSignal[] stop, int afterSteps) {
        assertThatThrownBy(() -> Training.start(config(name, settings), stop[0], List.of(stopAfter(afterSteps, stop))))
                .isInstanceOf(RunInterruptedException.class);
        return folder.resolve("runs").resolve(name);
    }

    private static TrainListener stopAfter(int steps, StopSignal[] stop) {
        int[] seen = {0};
        return event -> {
            if (event instanceof TrainEvent.StepDone && ++seen[0] == steps) {
                stop[0].request(130);
            }
        };
    }

    private static void assertSameResult(Path run, Path expected) throws IOException {
        assertThat(metrics(run)).isEqualTo(metrics(expected));
        assertThat(Digests.sha256(run.resolve("bundle/model.safetensors")))
                .isEqualTo(Digests.sha256(expected.resolve("bundle/model.safetensors")));
        assertThat(lastWeights(run)).isEqualTo(lastWeights(expected));
    }

    private static String lastWeights(Path run) throws IOException {
        Path last = new CheckpointStore(new RunDirectory(run)).newest().path();
        return Digests.sha256(last.resolve("model.safetensors"))
                + Digests.sha256(last.resolve("optimizer.safetensors"));
    }

    private static String metrics(Path run) throws IOException {
        return Files.readString(run.resolve("metrics.csv"));
    }

    private static RunConfig config(String name, String... settings) {
        List<ConfigLayer> layers = new ArrayList<>(List.of(
                ConfigLayer.assignment("data.path=" + pictures),
                ConfigLayer.assignment("runs_dir=" + folder.resolve("runs")),
                ConfigLayer.assignment("run_name=" + name),
                ConfigLayer.assignment("model.name=simple_cnn"),
                ConfigLayer.assignment("model.image_size=16"),
                ConfigLayer.assignment("runtime.threads=1"),
                ConfigLayer.assignment("loader.batch_size=10"),
                ConfigLayer.assignment("runtime.precision=fp32"),
                ConfigLayer.assignment("optimizer.lr=1e-3")));
        List<String> given = Arrays.asList(settings);
        layers.removeIf(layer -> given.stream().anyMatch(s -> s.startsWith(((ConfigLayer.Setting) layer).key() + "=")));
        given.forEach(setting -> layers.add(ConfigLayer.assignment(setting)));
        return ConfigReader.resolve(RunConfig.defaults(), layers);
    }

    private static void copyTree(Path from, Path to) throws IOException {
        try (var walk = Files.walk(from)) {
            for (Path path : walk.toList()) {
                Files.createDirectories(to.resolve(from.relativize(path)).getParent());
                Files.copy(path, to.resolve(from.relativize(path)));
            }
        }
    }
}
