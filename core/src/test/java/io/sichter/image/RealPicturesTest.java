package io.sichter.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sichter.image.UnreadableImageException.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Real files, which are not part of the project: {@code SICHTER_DATA} names the folder that has them. */
class RealPicturesTest {
    private final OpenCvDecoder decoder = new OpenCvDecoder(DecodeLimits.defaults());

    private static Path data(String folder) {
        String root = System.getenv("SICHTER_DATA");
        assumeTrue(root != null, "SICHTER_DATA is not set");
        Path path = Path.of(root, folder);
        assumeTrue(Files.isDirectory(path), path + " is missing");
        return path;
    }

    /** Name of each file to what became of it. */
    private Map<String, String> outcomes(Path folder) throws IOException {
        Map<String, String> outcomes = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                byte[] bytes = Files.readAllBytes(file);
                String name = file.getFileName().toString();
                try (Image image = decoder.decode(bytes, name)) {
                    decoder.check(bytes, name);
                    outcomes.put(name, image.height() + "x" + image.width());
                } catch (UnreadableImageException e) {
                    outcomes.put(name, e.reason().name());
                }
            }
        }
        return outcomes;
    }

    @Test
    void refusesBrokenJpegs() throws IOException {
        Map<String, String> outcomes = outcomes(data("ci/broken-jpeg"));
        // Odd only by what Adobe's segment says about a grey picture; Pillow and libjpeg read all of it as well.
        assertThat(outcomes.remove("broken-invalid-adobe-ycc-gray.jpg")).isEqualTo("440x11");
        assertThat(outcomes).hasSize(13);
        assertThat(outcomes.values())
                .isSubsetOf(Reason.DAMAGED.name(), Reason.TRUNCATED.name(), Reason.NOT_AN_IMAGE.name());
    }

    @Test
    void readsOddJpegs() throws IOException {
        assertThat(outcomes(data("ci/odd-jpeg")))
                .containsOnly(
                        Map.entry("cmyk-sample-no-icc.jpg", "199x114"),
                        Map.entry("jfif-16bit-dqt.jpg", "131x204"),
                        Map.entry("warning-embedded-color-profile-invalid-ignored-cmyk.jpg", "283x183"));
    }

    @Test
    void readsTiffOrSaysThatItDoesNot() throws IOException {
        Map<String, String> outcomes = outcomes(data("ci/tiff"));
        outcomes.keySet().removeIf(name -> name.endsWith(".txt"));
        assertThat(outcomes.values()).containsOnly("43x73", "64x64", Reason.UNSUPPORTED.name());
        assertThat(outcomes)
                .containsEntry("BigTIFF.tif", "64x64")
                .containsEntry("flower-minisblack-08.tif", "43x73")
                .containsEntry("flower-minisblack-10.tif", "43x73")
                .containsEntry("flower-minisblack-16.tif", "43x73")
                .containsEntry("flower-palette-04.tif", "43x73")
                .containsEntry("flower-rgb-contig-12.tif", "43x73")
                .containsEntry("flower-rgb-contig-16.tif", "43x73")
                .containsEntry("flower-rgb-planar-16.tif", "43x73")
                .containsEntry("flower-separated-contig-08.tif", "43x73");
    }

    @Test
    void theSameFlowerLooksTheSameInEveryDepth() throws IOException {
        Path folder = data("ci/tiff");
        byte[] eight = pixels(folder.resolve("flower-rgb-contig-08.tif"));
        for (String name :
                new String[] {"contig-10", "contig-12", "contig-14", "contig-16", "planar-08", "planar-16"}) {
            byte[] other = pixels(folder.resolve("flower-rgb-" + name + ".tif"));
            int largest = 0;
            for (int i = 0; i < eight.length; i++) {
                largest = Math.max(largest, Math.abs((eight[i] & 0xFF) - (other[i] & 0xFF)));
            }
            assertThat(largest).as(name).isLessThanOrEqualTo(2);
        }
    }

    @Test
    void findsNothingWrongWithGoodPhotos() throws IOException {
        assertThat(outcomes(data("ci/imagenette")).values()).allMatch(outcome -> outcome.contains("x"));
    }

    private byte[] pixels(Path file) throws IOException {
        try (Image image = decoder.decode(Files.readAllBytes(file), file.toString())) {
            return image.toBytes();
        }
    }
}
