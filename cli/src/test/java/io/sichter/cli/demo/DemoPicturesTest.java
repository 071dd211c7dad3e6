package io.sichter.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sichter.error.StorageException;
import io.sichter.error.UsageException;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The set has what it promises, is the same for the same seed, and gives nothing away but form. */
class DemoPicturesTest {
    private static Path folder = Path.of("");

    private static final List<Picture> PICTURES = new ArrayList<>();

    /** A decoded file and the means of its channels, 0 to 255, grey counted as three equal ones. */
    private record Picture(
            Path file, String label, int width, int height, int channels, double r, double g, double b) {}

    @BeforeAll
    static void draw(@TempDir Path shared) throws IOException {
        folder = shared;
        assertThat(DemoPictures.draw(folder, 42, drawn -> {})).isEqualTo(800);
        for (Path file : files(folder)) {
            PICTURES.add(read(file));
        }
    }

    @Test
    void holdsAHundredPicturesOfEachOfEightClasses() {
        TreeMap<String, Integer> counts = new TreeMap<>();
        PICTURES.forEach(picture -> counts.merge(picture.label(), 1, Integer::sum));
        assertThat(counts.keySet())
                .containsExactly("crescent", "cross", "heart", "ring", "spiral", "square", "star", "triangle")
                .containsExactlyElementsOf(DemoPictures.classes());
        assertThat(counts.values()).containsOnly(DemoPictures.PER_CLASS);
    }

    @Test
    void everyClassMixesFormatsColoursAndSizes() {
        for (String label : DemoPictures.classes()) {
            List<Picture> own =
                    PICTURES.stream().filter(p -> p.label().equals(label)).toList();
            assertThat(share(own, p -> p.file().toString().endsWith(".png"))).isEqualTo(0.5);
            assertThat(share(own, p -> p.channels() == 1))
                    .as("grey in " + label)
                    .isBetween(0.04, 0.30);
            assertThat(share(own, p -> p.width() > p.height())).isBetween(0.3, 0.7);
            assertThat(own).allSatisfy(picture -> {
                assertThat(picture.width()).isBetween(72, 128);
                assertThat(picture.height()).isBetween(72, 128);
            });
        }
        assertThat(PICTURES.stream().mapToInt(Picture::width).distinct().count())
                .isGreaterThan(50);
    }

    @Test
    void nearestNeighbourOnMeanColourAndSizeDoesNotKnowTheClass() {
        double[][] features = PICTURES.stream()
                .map(p -> new double[] {p.r(), p.g(), p.b(), p.width(), p.height()})
                .toArray(double[][]::new);
        // Chance is 0.125.
        assertThat(leaveOneOut(features)).isLessThan(0.22);
    }

    @Test
    void nearestNeighbourFindsWhatIsInTheFeatures() {
        // The judge of the test above is not blind: a feature that tells the class is found.
        double[][] features = PICTURES.stream()
                .map(p -> new double[] {p.width(), 30.0 * DemoPictures.classes().indexOf(p.label())})
                .toArray(double[][]::new);
        assertThat(leaveOneOut(features)).isGreaterThan(0.9);
    }

    @Test
    void theAreaOfAShapeDoesNotDependOnItsClass() {
        // Contrast times area moves the mean away from the border's colour: the same in every class, up to chance.
        double[] means = DemoPictures.classes().stream()
                .mapToDouble(label -> PICTURES.stream()
                        .filter(p -> p.label().equals(label))
                        .mapToDouble(p -> (p.r() + p.g() + p.b()) / 3)
                        .average()
                        .orElseThrow())
                .toArray();
        double spread = Arrays.stream(means).max().orElseThrow()
                - Arrays.stream(means).min().orElseThrow();
        // Pictures differ by a standard deviation of about 50 grey levels; means of 100 by 5.
        assertThat(spread).isLessThan(30);
    }

    @Test
    void theSameSeedDrawsTheSameBytesEvenOverAnInterruptedOrAnotherDraw(@TempDir Path again) throws IOException {
        DemoPictures.draw(again, 7, drawn -> {});
        assertThat(Files.mismatch(folder.resolve("star/star-001.jpg"), again.resolve("star/star-001.jpg")))
                .as("another seed draws other pictures")
                .isNotEqualTo(-1);
        Files.delete(again.resolve("ring/ring-099.jpg"));
        Files.write(again.resolve("heart/heart-000.png"), new byte[3]);
        DemoPictures.draw(again, 42, drawn -> {});
        List<Path> files = files(folder);
        assertThat(files(again)).hasSameSizeAs(files);
        for (Path file : files) {
            assertThat(Files.mismatch(file, again.resolve(folder.relativize(file))))
                    .as("%s", file)
                    .isEqualTo(-1);
        }
    }

    @Test
    void refusesAFolderThatHoldsSomethingElse(@TempDir Path taken) throws IOException {
        Path stranger = Files.createDirectories(taken.resolve("ring")).resolve("holiday.jpg");
        Files.write(stranger, new byte[] {1});
        assertThatThrownBy(() -> DemoPictures.draw(taken, 42, drawn -> {}))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("holiday.jpg");
        assertThat(files(taken)).containsExactly(stranger);
    }

    @Test
    void saysWhereItCouldNotWrite(@TempDir Path parent) throws IOException {
        Path file = Files.write(parent.resolve("occupied"), new byte[] {1});
        assertThatThrownBy(() -> DemoPictures.draw(file.resolve("below"), 42, drawn -> {}))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("occupied");
    }

    private static List<Path> files(Path root) throws IOException {
        try (Stream<Path> walk = Files.walk(root)) {
            return walk.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private static Picture read(Path file) throws IOException {
        BufferedImage image = ImageIO.read(file.toFile());
        assertThat(image).as("%s", file).isNotNull();
        int channels = image.getRaster().getNumBands();
        double[] mean = new double[3];
        int[] samples = image.getRaster().getPixels(0, 0, image.getWidth(), image.getHeight(), (int[]) null);
        for (int i = 0; i < samples.length; i += channels) {
            for (int c = 0; c < 3; c++) {
                mean[c] += samples[channels == 1 ? i : i + c];
            }
        }
        double count = image.getWidth() * (double) image.getHeight();
        String label = folder.relativize(file).getName(0).toString();
        return new Picture(
                file,
                label,
                image.getWidth(),
                image.getHeight(),
                channels,
                mean[0] / count,
                mean[1] / count,
                mean[2] / count);
    }

    private static double share(List<Picture> pictures, Predicate<Picture> property) {
        return pictures.stream().filter(property).count() / (double) pictures.size();
    }

    /** Accuracy of the nearest other picture's class, every feature scaled to unit variance. */
    private static double leaveOneOut(double[][] features) {
        double[] scale = new double[features[0].length];
        for (int f = 0; f < scale.length; f++) {
            int column = f;
            double mean = Arrays.stream(features)
                    .mapToDouble(row -> row[column])
                    .average()
                    .orElseThrow();
            scale[f] = Arrays.stream(features)
                    .mapToDouble(row -> (row[column] - mean) * (row[column] - mean))
                    .average()
                    .orElseThrow();
        }
        int right = 0;
        for (int i = 0; i < features.length; i++) {
            int nearest = -1;
            double least = Double.POSITIVE_INFINITY;
            for (int j = 0; j < features.length; j++) {
                double distance = 0;
                for (int f = 0; f < scale.length; f++) {
                    double gap = features[i][f] - features[j][f];
                    distance += gap * gap / scale[f];
                }
                if (j != i && distance < least) {
                    least = distance;
                    nearest = j;
                }
            }
            right += PICTURES.get(i).label().equals(PICTURES.get(nearest).label()) ? 1 : 0;
        }
        return right / (double) features.length;
    }
}
