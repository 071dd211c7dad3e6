package io.sichter.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sichter.error.DataException;
import io.sichter.error.StorageException;
import io.sichter.evaluate.EvaluationResult;
import io.sichter.evaluate.EvaluationResult.ClassResult;
import io.sichter.evaluate.Findings;
import io.sichter.evaluate.Findings.ConfusedPair;
import io.sichter.evaluate.Prediction;
import io.sichter.evaluate.Prediction.ClassProbability;
import io.sichter.evaluate.QualityGate;
import io.sichter.evaluate.UnreadableFile;
import io.sichter.evaluate.ViewGain;
import io.sichter.metric.Figures;
import io.sichter.metric.Figures.Figure;
import io.sichter.metric.Slices.Slice;
import io.sichter.text.Text;
import io.sichter.train.TrainResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PredictionOutputTest {
    private static final Prediction CAT =
            new Prediction(List.of(new ClassProbability("cat", 0.75), new ClassProbability("dog, big", 0.25)));

    static final Findings NOTHING_FOUND =
            new Findings(new Figures(List.of(), 0), List.of(), List.of(), List.of(), Optional.empty(), List.of());

    @TempDir
    private Path folder = Path.of("");

    private static List<PredictedFile> predictions() {
        return List.of(
                PredictedFile.of(Path.of("a.jpg"), CAT, 5),
                PredictedFile.failed(Path.of("b \"1\".jpg"), Text.verbatim("the data ends early")));
    }

    @Test
    void jsonHasTheAgreedShape() {
        assertThat(PredictedFile.json(predictions(), Locale.ENGLISH))
                .isEqualTo("{\"predictions\":[{\"file\":\"a.jpg\",\"top\":[{\"class\":\"cat\",\"probability\":0.75},"
                        + "{\"class\":\"dog, big\",\"probability\":0.25}]},"
                        + "{\"file\":\"b \\\"1\\\".jpg\",\"error\":\"the data ends early\"}]}");
        assertThat(Json.write(TrainOutput.json(new TrainResult(
                        Path.of("r"),
                        "m",
                        2,
                        1,
                        Map.of("train_loss", 0.5, "val_loss", Double.NaN, "val_accuracy", 1.0),
                        10,
                        0.25,
                        3,
                        100))))
                .isEqualTo("{\"run\":\"r\",\"model\":\"m\",\"epochs\":2,\"best_epoch\":1,\"train_loss\":0.5,"
                        + "\"val_loss\":null,\"val_accuracy\":1.0,\"val_f1_macro\":null,"
                        + "\"train_images_per_second\":10.0,\"loader_wait_fraction\":0.25,\"seconds\":3.0,"
                        + "\"peak_rss_mb\":100.0,\"pictures\":null}");
    }

    @Test
    void anEvaluationSaysWhatIsNotAvailable() {
        EvaluationResult result = new EvaluationResult(
                "val",
                3,
                0.5,
                0.25,
                1.5,
                List.of(new ClassResult(
                        "cat", 3, OptionalDouble.of(0.5), OptionalDouble.empty(), OptionalDouble.empty())),
                List.of(new UnreadableFile("x.jpg", Text.verbatim("truncated"))),
                Optional.of(Path.of("val.csv")),
                new Findings(
                        new Figures(List.of(new Figure("accuracy", 0.5, 0.25, Double.NaN)), 1000),
                        List.of(new ConfusedPair("cat", "dog", 2, 0.5)),
                        List.of("cat"),
                        List.of(new Slice("size", "1..9", 2, 0.5, 0.25, 0.75, 0.5)),
                        Optional.of(new ViewGain(5, 4, 2, 3, 2, 1)),
                        List.of(
                                new QualityGate.Outcome(new QualityGate("accuracy", 0.75), 0.5, false),
                                new QualityGate.Outcome(new QualityGate("ece", 0.5), 0.25, true))));

        assertThat(Json.write(EvaluateOutput.json(result, Locale.ENGLISH)))
                .isEqualTo("{\"split\":\"val\",\"samples\":3,\"accuracy\":0.5,\"f1_macro\":0.25,\"loss\":1.5,"
                        + "\"classes\":[{\"class\":\"cat\",\"samples\":3,\"precision\":0.5,\"recall\":null,"
                        + "\"f1\":null}],\"unreadable\":[{\"file\":\"x.jpg\",\"error\":\"truncated\"}],"
                        + "\"predictions\":\"val.csv\","
                        + "\"metrics\":{\"accuracy\":{\"value\":0.5,\"low\":0.25,\"high\":null}},"
                        + "\"replicates\":1000,"
                        + "\"confused\":[{\"truth\":\"cat\",\"prediction\":\"dog\",\"count\":2,\"share\":0.5}],"
                        + "\"worst_classes\":[\"cat\"],"
                        + "\"tta\":{\"views\":5,\"accuracy_before\":0.5,\"accuracy_after\":0.75,\"rescued\":2,"
                        + "\"hidden_by_crop\":1},"
                        + "\"slices\":[{\"property\":\"size\",\"value\":\"1..9\",\"samples\":2,\"accuracy\":0.5,"
                        + "\"low\":0.25,\"high\":0.75,\"f1_macro\":0.5}],"
                        + "\"gates\":[{\"metric\":\"accuracy\",\"at_least\":0.75,\"value\":0.5,\"passed\":false},"
                        + "{\"metric\":\"ece\",\"at_most\":0.5,\"value\":0.25,\"passed\":true}]}");
        assertThat(EvaluateOutput.text(result, Terminal.ofProcess()))
                .contains(
                        "n/a",
                        "split val: 3 samples, accuracy 0.5000",
                        "cat            dog              2        50.0 %")
                .contains("accuracy  0.5000     0.2500  n/a", "size   1..9         2    0.5000     0.2500  0.7500");
        assertThat(EvaluateOutput.missed(result).toString())
                .contains("A quality gate was missed", "received: accuracy 0.5000", "accuracy at least 0.75")
                .doesNotContain("ece ", "0.25");
        assertThat(EvaluateOutput.unreadable(result).toString()).contains("1 picture could not be read", "x.jpg");
    }

    @Test
    void theTableQuotesNamesAndLeavesNoTemporaryFile() throws Exception {
        Path csv = folder.resolve("out.csv");
        PredictionCsv.requireWritable(csv);
        PredictionCsv.write(csv, predictions());

        assertThat(Files.readString(csv)).isEqualTo("""
                        file,prediction,probability,prediction_2,probability_2,error
                        a.jpg,cat,0.75,"dog, big",0.25,
                        "b ""1"".jpg",,,,,"the data ends early"
                        """);
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(csv);
        }
        assertThatThrownBy(() -> PredictionCsv.requireWritable(folder.resolve("none/out.csv")))
                .isInstanceOf(StorageException.class);
    }

    @Test
    void foldersGiveTheirPicturesInOrder() throws Exception {
        Files.createDirectories(folder.resolve("in/deep"));
        for (String name : List.of("b.JPG", "a.png", "notes.txt", ".hidden.png", "deep/c.webp")) {
            Files.createFile(folder.resolve("in").resolve(name));
        }
        Path named = folder.resolve("missing.xyz");

        assertThat(PictureFiles.of(List.of(named, folder.resolve("in")), false))
                .containsExactly(named, folder.resolve("in/a.png"), folder.resolve("in/b.JPG"));
        assertThat(PictureFiles.of(List.of(folder.resolve("in")), true))
                .contains(folder.resolve("in/deep/c.webp"))
                .hasSize(3);
        Files.createDirectories(folder.resolve("empty"));
        assertThatThrownBy(() -> PictureFiles.of(List.of(folder.resolve("empty")), true))
                .isInstanceOf(DataException.class);
    }
}
