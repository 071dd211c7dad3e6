package io.sichter.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.sichter.run.RunDirectory;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.w3c.dom.Document;

class PlotsTest {
    private static final List<String> NAMES = List.of(
            "accuracy",
            "calibration",
            "confusion_matrix",
            "loss",
            "precision_recall",
            "predictions",
            "roc",
            "train_batch");

    @TempDir
    private Path folder = Path.of("");

    @ParameterizedTest
    @CsvSource({"2, 1", "10, 3", "101, 40"})
    void everyPictureIsThereAsPngAndAsSvgThatNeedsNoFont(int classes, int epochs) throws Exception {
        RunDirectory run = run(classes, epochs);
        Plots.Drawn drawn = new Plots(Locale.ENGLISH).draw(run);

        assertThat(drawn.advice()).isEmpty();
        assertThat(drawn.files()).hasSize(2 * NAMES.size()).allSatisfy(file -> assertThat(file)
                .isNotEmptyFile());
        for (String name : NAMES) {
            BufferedImage png = png(run, name);
            Document svg = svg(run, name);
            double width = Double.parseDouble(svg.getDocumentElement().getAttribute("width"));
            assertThat(png.getWidth() / width).isIn(1.0, 2.0);
            assertThat(svg.getDocumentElement().getAttribute("viewBox")).startsWith("0 0 ");
            assertThat(svg.getElementsByTagName("text").getLength()).isZero();
            assertThat(svg.getElementsByTagName("path").getLength()).isGreaterThan(3); // the outlines of the words
            assertThat(new Color(png.getRGB(2, 2))).isEqualTo(Theme.BACKGROUND);
        }
        assertThat(png(run, "confusion_matrix").getWidth()).isLessThan(2200);
    }

    @Test
    void aPointOfACurveIsWhereItsValueIs() throws IOException {
        String metrics = "epoch,train_loss,val_loss\n1,1.0,0.5\n2,0.25,0.5\n3,0.0,0.5\n";
        RunDirectory run = SyntheticRun.make(folder, SyntheticRun.names(3), metrics, 0);
        assertThat(new Plots(Locale.ENGLISH).draw(run).advice()).isEmpty();
        BufferedImage png = png(run, "loss");
        // the plot's part of the picture: the legend in the head has the colour too
        List<int[]> points = points(png, Theme.TRAINING, 2 * Theme.HEAD);
        int left = points.stream().mapToInt(p -> p[0]).min().orElseThrow();
        int right = points.stream().mapToInt(p -> p[0]).max().orElseThrow();
        int radius = 7; // of the marks on the points
        int top = points.stream().mapToInt(p -> p[1]).min().orElseThrow() + radius;
        int bottom = points.stream().mapToInt(p -> p[1]).max().orElseThrow() - radius;
        int middle = (left + right) / 2;
        int[] second = centre(points, middle - 4, middle + 4);
        double height = bottom - top;
        assertThat(height).isGreaterThan(png.getHeight() / 2.0);
        assertThat((second[1] - top) / height).isBetween(0.72, 0.78);
        int validation = centre(points(png, Theme.VALIDATION, 2 * Theme.HEAD), middle - 40, middle - 20)[1];
        assertThat(validation).isBetween((top + bottom) / 2 - 6, (top + bottom) / 2 + 6);
    }

    @Test
    void whatIsNotAvailableIsAGapAndTheBestEpochIsMarked() throws IOException {
        String metrics = "epoch,train_loss,val_loss\n1,1.0,0.9\n2,,0.5\n3,0.8,0.7\n";
        RunDirectory run = SyntheticRun.make(folder, SyntheticRun.names(3), metrics, 2);
        assertThat(new Plots(Locale.ENGLISH).draw(run).advice()).isEmpty();
        BufferedImage png = png(run, "loss");
        List<int[]> training = points(png, Theme.TRAINING, 2 * Theme.HEAD);
        int left = training.stream().mapToInt(p -> p[0]).min().orElseThrow();
        int right = training.stream().mapToInt(p -> p[0]).max().orElseThrow();
        assertThat(training).noneMatch(p -> p[0] > left + 30 && p[0] < right - 30);
        List<int[]> ring = points(png, Theme.TEXT, 2 * Theme.HEAD).stream()
                .filter(p -> p[0] > left && p[0] < right)
                .toList();
        assertThat(centre(ring, left, right)[0]).isBetween((left + right) / 2 - 4, (left + right) / 2 + 4);
    }

    @Test
    void theDiagonalIsBrightWhereTheNetworkIsRight() throws IOException {
        RunDirectory run = run(10, 1);
        new Plots(Locale.ENGLISH).draw(run);
        BufferedImage png = png(run, "confusion_matrix");
        PredictionSummary summary = PredictionSummary.read(run.predictions("val"), SyntheticRun.names(10));
        ConfusionChart chart = new ConfusionChart(
                summary.confusion(),
                summary.classes(),
                new ConfusionChart.Words("", "", "", "", "", "", ""),
                new Numbers(Locale.ENGLISH));
        for (int row = 0; row < 10; row++) {
            for (int column = 0; column < 10; column++) {
                double share = (double) summary.confusion().count(row, column)
                        / summary.confusion().support(row);
                // beside the number in the middle of the cell
                int x = (int) (2 * (chart.left() + chart.centre(column) - chart.centre(0) + 5));
                int y = (int) (2 * (Theme.HEAD + chart.centre(row) - chart.centre(0) + 5));
                assertThat(new Color(png.getRGB(x, y))).isEqualTo(ConfusionChart.color(share, row == column));
            }
        }
        assertThat(ConfusionChart.color(1, true)).isNotEqualTo(ConfusionChart.color(1, false));
    }

    @Test
    void theFirstBatchIsShownPixelByPixelAboveItsLabels() throws IOException {
        RunDirectory run = run(10, 1);
        new Plots(Locale.ENGLISH).draw(run);
        BufferedImage png = png(run, "train_batch");
        int pitch = 2 * (PictureGrid.SIDE + 18);
        int rows = 2 * (PictureGrid.SIDE + 8 + 2 * 18 + 18);
        for (int i = 0; i < SyntheticRun.BATCH; i++) {
            int x = 2 * Theme.MARGIN + i % 8 * pitch;
            int y = 2 * Theme.HEAD + i / 8 * rows;
            assertThat(new Color(png.getRGB(x + 3, y + 3))).isEqualTo(SyntheticRun.batchColor(i));
            assertThat(new Color(png.getRGB(x + 297, y + 297))).isEqualTo(SyntheticRun.batchColor(i));
            assertThat(inked(png, x, y + 2 * PictureGrid.SIDE + 8, 300, 36))
                    .as("label below picture " + i)
                    .isPositive();
        }
    }

    @Test
    void mistakesComeFirstTheMostConfidentOneLeadsAndIsFramed() throws IOException {
        RunDirectory run = run(10, 1);
        new Plots(Locale.ENGLISH).draw(run);
        PredictionSummary summary = PredictionSummary.read(run.predictions("val"), SyntheticRun.names(10));
        assertThat(summary.mistakes())
                .hasSize(PredictionSummary.MISTAKES)
                .noneMatch(row -> row.right())
                .isSortedAccordingTo(Comparator.comparing(row -> -row.probability()));
        assertThat(summary.right()).hasSize(PredictionSummary.RIGHT).allMatch(row -> row.right());
        assertThat(summary.right().stream().map(row -> row.truth()).distinct().count())
                .isGreaterThan(8); // spread over the file, which is sorted by class
        BufferedImage png = png(run, "predictions");
        assertThat(new Color(png.getRGB(2 * Theme.MARGIN + 3, 2 * Theme.HEAD + 100)))
                .isEqualTo(Theme.WRONG);
        int lastRow = 2 * (Theme.HEAD + 3 * (PictureGrid.SIDE + 8 + 3 * 18 + 18));
        assertThat(new Color(png.getRGB(2 * Theme.MARGIN + 3, lastRow + 100))).isNotEqualTo(Theme.WRONG);
    }

    @Test
    void whatCannotBeDrawnIsSaidAndTheRestIsDrawn() throws IOException {
        RunDirectory run = run(3, 2);
        Files.writeString(run.firstBatch(), "no picture");
        Files.move(folder.resolve("data"), folder.resolve("elsewhere"));
        Plots.Drawn drawn = new Plots(Locale.ENGLISH).draw(run);
        assertThat(drawn.files()).hasSize(12);
        assertThat(drawn.advice())
                .hasSize(2)
                .anySatisfy(text -> assertThat(text.toString()).contains("train_batch"))
                .anySatisfy(text -> assertThat(text.toString())
                        .contains("predictions", folder.resolve("data").toString()));
    }

    @Test
    void picturesSpeakTheLanguageOfThePerson() throws Exception {
        RunDirectory run = run(3, 2);
        new Plots(Locale.ENGLISH).draw(run);
        String english =
                svg(run, "accuracy").getElementsByTagName("title").item(0).getTextContent();
        new Plots(Locale.GERMAN).draw(run);
        String german =
                svg(run, "accuracy").getElementsByTagName("title").item(0).getTextContent();
        assertThat(List.of(english, german)).containsExactly("Accuracy", "Genauigkeit");
    }

    @Test
    void aThousandClassesFitIntoAPicture() {
        ConfusionChart chart = new ConfusionChart(
                new io.sichter.metric.ConfusionMatrix(1000),
                SyntheticRun.names(1000),
                new ConfusionChart.Words("", "", "", "", "", "", ""),
                new Numbers(Locale.ENGLISH));
        assertThat(chart.width() * chart.scale()).isLessThan(4200);
        assertThat(chart.centre(999)).isLessThan(3600);
    }

    private RunDirectory run(int classes, int epochs) throws IOException {
        return SyntheticRun.make(
                folder, SyntheticRun.names(classes), SyntheticRun.metrics(epochs), Math.max(1, epochs / 2));
    }

    private static BufferedImage png(RunDirectory run, String name) throws IOException {
        return ImageIO.read(run.plots().resolve(name + ".png").toFile());
    }

    private static Document svg(RunDirectory run, String name) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(run.plots().resolve(name + ".svg").toFile());
    }

    private static List<int[]> points(BufferedImage png, Color color, int fromY) {
        return IntStream.range(0, png.getWidth() * (png.getHeight() - fromY))
                .mapToObj(i -> new int[] {i % png.getWidth(), fromY + i / png.getWidth()})
                .filter(p -> new Color(png.getRGB(p[0], p[1])).equals(color))
                .toList();
    }

    private static int[] centre(List<int[]> points, int fromX, int toX) {
        List<int[]> some =
                points.stream().filter(p -> p[0] >= fromX && p[0] <= toX).toList();
        assertThat(some).isNotEmpty();
        return new int[] {
            (int) some.stream().mapToInt(p -> p[0]).average().orElseThrow(),
            (int) some.stream().mapToInt(p -> p[1]).average().orElseThrow()
        };
    }

    private static long inked(BufferedImage png, int x, int y, int width, int height) {
        return IntStream.range(0, width * height)
                .filter(i -> !new Color(png.getRGB(x + i % width, y + i / width)).equals(Theme.BACKGROUND))
                .count();
    }
}
