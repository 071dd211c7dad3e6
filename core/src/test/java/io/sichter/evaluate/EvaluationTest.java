package io.sichter.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.sichter.error.UsageException;
import io.sichter.image.Image;
import io.sichter.metric.Figures.Figure;
import io.sichter.metric.Slices.Slice;
import io.sichter.run.PredictionRow;
import io.sichter.run.RunDirectory;
import io.sichter.train.TinyPictures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluationTest {
    @TempDir
    static Path folder;

    private static Path run;
    private static Path others;

    @BeforeAll
    static void train() throws IOException {
        run = TinyRuns.train(folder, TinyPictures.drawSplit(folder.resolve("pictures"), 9, 5), "judged");
        TinyPictures.draw(folder.resolve("others"), 8, 5);
        others = folder.resolve("others/list.csv");
        List<String> rows = new ArrayList<>(List.of("path,label,camera"));
        try (Stream<Path> files = Files.walk(folder.resolve("others"))) {
            files.map(f -> folder.resolve("others").relativize(f).toString().replace('\\', '/'))
                    .filter(id -> id.endsWith(".png"))
                    .sorted()
                    .forEach(id -> rows.add(
                            id + "," + id.substring(0, id.indexOf('/')) + "," + (id.contains("1") ? "old" : "new")));
        }
        Files.write(others, rows);
    }

    private static EvaluationResult evaluate(EvaluationOptions options) {
        return Evaluation.of(run, Optional.of(others), options, EvaluationListener.none());
    }

    @Test
    void figuresAreOfWhatWasPredicted() {
        EvaluationResult result = evaluate(EvaluationOptions.defaults());
        Findings findings = result.findings();
        double[] logLoss = new double[1];
        List<PredictionRow> wrong = new ArrayList<>();
        List<String> classes = List.of("disc", "square", "stripes");
        PredictionRow.read(result.predictions().orElseThrow(), classes, (row, probabilities) -> {
            logLoss[0] -= Math.log(probabilities[classes.indexOf(row.truth())]) / 24;
            if (!row.right()) {
                wrong.add(row);
            }
        });
        assertThat(wrong).isNotEmpty();
        assertThat(findings.figures().find("log_loss").orElseThrow().value()).isCloseTo(logLoss[0], within(1e-9));
        Figure accuracy = findings.figures().find("accuracy").orElseThrow();
        assertThat(accuracy.value()).isEqualTo(result.accuracy()).isEqualTo(1 - wrong.size() / 24.0);
        assertThat(findings.figures().find("f1_macro").orElseThrow().value()).isEqualTo(result.f1Macro());
        assertThat(findings.confused()).isNotEmpty().allSatisfy(pair -> assertThat(wrong.stream()
                        .filter(row -> row.truth().equals(pair.truth())
                                && row.prediction().equals(pair.prediction()))
                        .count())
                .isEqualTo(pair.count()));
        assertThat(findings.worst()).isNotEmpty();
        assertThat(evaluate(EvaluationOptions.defaults()).findings()).isEqualTo(findings);
    }

    @Test
    void slicesAreOfPicturesAndOfTheTable() {
        Findings findings = evaluate(EvaluationOptions.defaults().slices(List.of("camera", "brightness", "size")))
                .findings();
        assertThat(findings.slices().stream()
                        .filter(s -> s.property().equals("camera"))
                        .map(s -> s.value() + " " + s.samples()))
                .containsExactly("new 21", "old 3");
        for (String property : List.of("brightness", "size")) {
            List<Slice> slices = findings.slices().stream()
                    .filter(s -> s.property().equals(property))
                    .toList();
            assertThat(slices).hasSizeBetween(3, 8).noneMatch(s -> s.value().isEmpty());
            assertThat(slices.stream().mapToLong(Slice::samples).sum()).isEqualTo(24);
        }
        assertThatThrownBy(() -> evaluate(EvaluationOptions.defaults().slices(List.of("camra"))))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("camera");
    }

    @Test
    void gatesAreHeldAgainstTheFigures() {
        List<QualityGate> gates = List.of(
                QualityGate.parse("accuracy=0", true),
                QualityGate.parse("f1_macro=1.01", true),
                QualityGate.parse("log_loss=1e9", false),
                QualityGate.parse("ece=-1", false));
        assertThat(evaluate(EvaluationOptions.defaults().gates(gates))
                        .findings()
                        .gates())
                .extracting(QualityGate.Outcome::passed)
                .containsExactly(true, false, true, false);
        for (String mistake : List.of("accuracy", "accuracy=", "accuracy=NaN", "accurracy=0.5", "ece=0.1")) {
            assertThatThrownBy(() -> QualityGate.parse(mistake, true)).isInstanceOf(UsageException.class);
        }
        assertThatThrownBy(() ->
                        evaluate(EvaluationOptions.defaults().gates(List.of(QualityGate.parse("top_5=0.5", true)))))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("top_5");
    }

    @Test
    void theLibrarysFaceGivesTheSame() {
        EvaluationResult own = io.sichter.Sichter.evaluate(run);
        assertThat(own.findings().figures().all()).hasSizeGreaterThan(15);
        assertThat(Files.isRegularFile(new RunDirectory(run).predictions("val")))
                .isTrue();
    }

    @Test
    void traitsAreThoseOfThePicture() {
        byte[] flat = new byte[3 * 20 * 30];
        java.util.Arrays.fill(flat, (byte) 200);
        PictureTraits traits = PictureTraits.of(Image.ofBytes(20, 30, 3, flat));
        assertThat(traits.text("size")).isEqualTo("20");
        assertThat(traits.brightness()).isCloseTo(200, within(0.5));
        assertThat(traits.sharpness()).isZero();
        for (int i = 0; i < flat.length; i++) {
            flat[i] = (byte) (i / 3 % 30 < 15 ? 0 : 100);
        }
        // the Laplacian is +100 left of the edge and -100 right of it, in 2 of 30 columns: variance 2/30 * 100^2
        assertThat(PictureTraits.of(Image.ofBytes(20, 30, 3, flat)).sharpness()).isCloseTo(20_000 / 30.0, within(0.1));
    }
}
