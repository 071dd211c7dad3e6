package io.sichter.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.sichter.config.ConfigLayer;
import io.sichter.config.ConfigReader;
import io.sichter.config.RunConfig;
import io.sichter.error.RunInterruptedException;
import io.sichter.evaluate.Evaluation;
import io.sichter.evaluate.EvaluationListener;
import io.sichter.evaluate.EvaluationResult;
import io.sichter.event.TrainEvent;
import io.sichter.event.TrainListener;
import io.sichter.report.Plots;
import io.sichter.run.PredictionRow;
import io.sichter.run.RunDirectory;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What training leaves for pictures, and that the pictures are there. */
class RunPicturesTest {
    private static final Plots PLOTS = new Plots(Locale.ENGLISH);
    private static final String[] FILES = Stream.of(
                    "loss",
                    "accuracy",
                    "confusion_matrix",
                    "train_batch",
                    "predictions",
                    "classes",
                    "calibration",
                    "roc",
                    "precision_recall")
            .flatMap(name -> Stream.of(name + ".png", name + ".svg"))
            .sorted()
            .toArray(String[]::new);

    @TempDir
    static Path folder;

    private static Path pictures;

    @BeforeAll
    static void drawPictures() throws IOException {
        pictures = TinyPictures.drawSplit(folder.resolve("pictures"), 9, 5);
    }

    @Test
    void aRunEndsWithAllPicturesAndWithThePredictionsOfItsBestWeights() throws IOException {
        List<TrainEvent> events = new ArrayList<>();
        TrainResult result =
                Training.start(config("whole", "train.epochs=3"), new StopSignal(), List.of(events::add), PLOTS);
        RunDirectory run = new RunDirectory(result.run());
        assertThat(plots(run)).containsExactly(FILES);
        assertThat(events).noneMatch(TrainEvent.Advice.class::isInstance);

        List<PredictionRow> rows = new ArrayList<>();
        PredictionRow.read(run.predictions("val"), rows::add);
        assertThat(rows).hasSize(15);
        double accuracy = rows.stream().filter(PredictionRow::right).count() / 15.0;
        assertThat(accuracy).isEqualTo(result.best().get("val_accuracy"));
        double loss = 0;
        List<String> lines = Files.readAllLines(run.predictions("val"));
        assertThat(lines.get(0)).isEqualTo("file,truth,prediction,probability,disc,square,stripes");
        for (String line : lines.subList(1, lines.size())) {
            String[] fields = line.split(",", -1);
            double[] probabilities = Arrays.stream(fields)
                    .skip(4)
                    .mapToDouble(Double::parseDouble)
                    .toArray();
            assertThat(Arrays.stream(probabilities).sum()).isCloseTo(1, within(1e-6));
            int truth = List.of("disc", "square", "stripes").indexOf(fields[1]);
            int guess = List.of("disc", "square", "stripes").indexOf(fields[2]);
            assertThat(probabilities[guess])
                    .isEqualTo(Arrays.stream(probabilities).max().orElseThrow())
                    .isEqualTo(Double.parseDouble(fields[3]));
            loss -= Math.log(probabilities[truth]) / 15;
        }
        assertThat(loss).isCloseTo(result.best().get("val_loss"), within(1e-5));
    }

    @Test
    void theFirstBatchIsKeptAsTheNetworkSawItAndResumingKeepsIt() throws IOException {
        StopSignal stop = new StopSignal();
        TrainListener inTheSecondEpoch = event -> {
            if (event instanceof TrainEvent.StepDone step && step.epoch() == 2) {
                stop.request(130);
            }
        };
        assertThatThrownBy(() -> Training.start(
                        config("parts", "train.epochs=2", "transforms.train=[{resize: {size: [16, 16]}}]"),
                        stop,
                        List.of(inTheSecondEpoch),
                        PLOTS))
                .isInstanceOf(RunInterruptedException.class);
        RunDirectory run = new RunDirectory(folder.resolve("runs/parts"));
        assertThat(plots(run)).containsExactly(FILES); // one epoch was done

        List<String> labels = Files.readAllLines(run.firstBatchLabels());
        assertThat(labels).hasSize(11).startsWith("file,class");
        BufferedImage column = ImageIO.read(run.firstBatch().toFile());
        assertThat(column.getWidth()).isEqualTo(16);
        assertThat(column.getHeight()).isEqualTo(10 * 16);
        for (int i = 0; i < 10; i++) {
            String[] label = labels.get(i + 1).split(",", -1);
            assertThat(label[0]).contains("/" + label[1] + "/");
            double kept = mean(column.getSubimage(0, 16 * i, 16, 16));
            double original = mean(ImageIO.read(pictures.resolve(label[0]).toFile()));
            assertThat(kept).as(label[0]).isCloseTo(original, within(2.5)); // resized, not changed
        }

        byte[] first = Files.readAllBytes(run.firstBatch());
        byte[] loss = Files.readAllBytes(run.plots().resolve("loss.png"));
        Training.resume(run.path(), ResumeOptions.none(), new StopSignal(), List.of(), PLOTS);
        assertThat(Files.readAllBytes(run.firstBatch())).isEqualTo(first);
        assertThat(Files.readAllBytes(run.plots().resolve("loss.png"))).isNotEqualTo(loss);
    }

    @Test
    void interruptedBeforeAnEpochIsDoneThereIsOnlyTheBatchToShow() throws IOException {
        StopSignal stop = new StopSignal();
        List<TrainEvent> events = new ArrayList<>();
        assertThatThrownBy(() -> Training.start(
                        config("early", "train.epochs=2"),
                        stop,
                        List.of(events::add, event -> {
                            if (event instanceof TrainEvent.StepDone) {
                                stop.request(130);
                            }
                        }),
                        PLOTS))
                .isInstanceOf(RunInterruptedException.class);
        assertThat(plots(new RunDirectory(folder.resolve("runs/early"))))
                .containsExactly("classes.png", "classes.svg", "train_batch.png", "train_batch.svg");
        assertThat(events).noneMatch(TrainEvent.Advice.class::isInstance);
    }

    @Test
    void anEpilogueThatFailsBecomesAdviceAndTheRunIsFinished() {
        List<TrainEvent> events = new ArrayList<>();
        TrainResult result =
                Training.start(config("unlucky", "train.epochs=1"), new StopSignal(), List.of(events::add), run -> {
                    throw new NoClassDefFoundError("no graphics here");
                });
        assertThat(new RunDirectory(result.run()).status()).isEqualTo(RunDirectory.FINISHED);
        assertThat(events)
                .anyMatch(e ->
                        e instanceof TrainEvent.Advice a && a.text().toString().contains("no graphics here"));
    }

    @Test
    void anEvaluationWritesDownWhatItFound() throws IOException {
        Path path = Training.start(config("judged", "train.epochs=1"), new StopSignal(), List.of())
                .run();
        RunDirectory run = new RunDirectory(path);
        List<PredictionRow> trained = new ArrayList<>();
        PredictionRow.read(run.predictions("val"), trained::add);
        Files.delete(run.predictions("val"));

        EvaluationResult own = Evaluation.of(path, Optional.empty(), "auto", EvaluationListener.none());
        assertThat(own.predictions()).contains(run.predictions("val"));
        List<PredictionRow> evaluated = new ArrayList<>();
        PredictionRow.read(run.predictions("val"), evaluated::add);
        assertThat(evaluated).hasSameSizeAs(trained);
        for (int i = 0; i < trained.size(); i++) {
            assertThat(evaluated.get(i).file()).isEqualTo(trained.get(i).file());
            assertThat(evaluated.get(i).prediction()).isEqualTo(trained.get(i).prediction());
            assertThat(evaluated.get(i).probability()).isCloseTo(trained.get(i).probability(), within(1e-5));
        }

        EvaluationResult other = Evaluation.of(path, Optional.of(pictures), "train", EvaluationListener.none());
        assertThat(other.predictions()).contains(run.predictions("pictures-train"));
        assertThat(PLOTS.drawEvaluation(run, "pictures-train", pictures).files())
                .extracting(file -> file.getFileName().toString())
                .containsExactlyInAnyOrder(
                        Stream.of("confusion_matrix", "predictions", "calibration", "roc", "precision_recall")
                                .flatMap(name -> Stream.of(".png", ".svg").map(end -> name + "-pictures-train" + end))
                                .toArray(String[]::new));
        assertThat(Evaluation.of(run.bundle(), Optional.of(pictures), "val", EvaluationListener.none())
                        .predictions())
                .isEmpty();
    }

    private static double mean(BufferedImage image) {
        double sum = 0;
        for (int i = 0; i < image.getWidth() * image.getHeight(); i++) {
            int rgb = image.getRGB(i % image.getWidth(), i / image.getWidth());
            sum += (rgb >> 16 & 0xFF) + 2 * (rgb >> 8 & 0xFF) + 3 * (rgb & 0xFF); // tells channels apart
        }
        return sum / 6 / (image.getWidth() * image.getHeight());
    }

    private static List<String> plots(RunDirectory run) throws IOException {
        try (Stream<Path> files = Files.list(run.plots())) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private static RunConfig config(String name, String... settings) {
        List<ConfigLayer> layers = new ArrayList<>();
        for (String setting : new String[] {
            "data.path=" + pictures,
            "runs_dir=" + folder.resolve("runs"),
            "run_name=" + name,
            "model.name=simple_cnn",
            "model.image_size=16",
            "runtime.threads=1",
            "loader.batch_size=10",
            "runtime.precision=fp32",
            "optimizer.lr=1e-3"
        }) {
            layers.add(ConfigLayer.assignment(setting));
        }
        Arrays.stream(settings).map(ConfigLayer::assignment).forEach(layers::add);
        return ConfigReader.resolve(RunConfig.defaults(), layers);
    }
}
