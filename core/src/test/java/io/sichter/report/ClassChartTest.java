package io.sichter.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sichter.run.BalanceFile;
import io.sichter.run.RunDirectory;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassChartTest {
    @TempDir
    Path folder;

    @Test
    void theBarsAreAsLongAsThePicturesTheWeightsAndTheFirstBatchSay() throws IOException {
        List<String> names = List.of("rare, and \"odd\"", "b", "c");
        RunDirectory run = SyntheticRun.make(folder, names, SyntheticRun.metrics(1), 1);
        new BalanceFile(List.of(
                        new BalanceFile.Row(names.get(0), 50, OptionalDouble.of(4)),
                        new BalanceFile.Row(names.get(1), 500, OptionalDouble.of(0.4)),
                        new BalanceFile.Row(names.get(2), 100, OptionalDouble.of(2))))
                .write(run);
        Files.writeString(run.events(), """
                {"event":"run_started"}
                {"time":"x","event":"first_batch","classes":{"b":8,"rare, and \\"odd\\"":4}}
                """);
        assertThat(new Plots(Locale.ENGLISH).draw(run).advice()).isEmpty();
        BufferedImage png = ImageIO.read(run.plots().resolve("classes.png").toFile());
        assertThat(run.plots().resolve("classes.svg")).isNotEmptyFile();
        ClassChart chart = new ClassCharts(Locale.ENGLISH).of(run);
        double[][] shares = {{0.1, 1, 0.2}, {1, 0.1, 0.5}, {0.5, 1, 0}};
        Color[] colors = {Theme.TRAINING, Theme.VALIDATION, Theme.TRAINING};
        for (int panel = 0; panel < 3; panel++) {
            for (int row = 0; row < 3; row++) {
                int y = (int) (2 * chart.centre(row));
                int left = (int) (2 * chart.left(panel));
                Color color = colors[panel];
                long painted = IntStream.range(left, left + 2 * ClassChart.longest())
                        .filter(x -> new Color(png.getRGB(x, y)).equals(color))
                        .count();
                assertThat((double) painted)
                        .as("panel " + panel + ", row " + row)
                        .isCloseTo(shares[panel][row] * 2 * ClassChart.longest(), within(2.0));
            }
        }
    }

    @Test
    void aThousandClassesFitIntoAPicture() {
        List<String> names = SyntheticRun.names(1000);
        List<Double> counts = IntStream.range(0, 1000).mapToObj(i -> (double) i).toList();
        ClassChart chart = new ClassChart(
                "", "", names, List.of(new ClassChart.Panel("", counts, Theme.TRAINING, Double::toString)));
        assertThat(chart.height() * chart.scale()).isLessThan(4000);
    }
}
