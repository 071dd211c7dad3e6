package io.sichter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What C libraries write to the second stream by themselves, seen through the launcher. */
@DisabledOnOs(OS.WINDOWS)
class NativeNoiseTest {
    @TempDir
    private Path folder = Path.of("");

    /** A JPEG that libjpeg grumbles about: bytes that belong to nothing stand before its end mark. */
    private static byte[] odd() throws IOException {
        BufferedImage image = new BufferedImage(48, 40, BufferedImage.TYPE_INT_RGB);
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 48 * 40; i++) {
            image.setRGB(i % 48, i / 48, random.nextInt(1 << 24));
        }
        ByteArrayOutputStream jpeg = new ByteArrayOutputStream();
        ImageIO.write(image, "jpg", jpeg);
        byte[] bytes = jpeg.toByteArray();
        ByteArrayOutputStream odd = new ByteArrayOutputStream();
        odd.write(bytes, 0, bytes.length - 2);
        for (int i = 1; i < 60; i++) {
            odd.write(i);
        }
        odd.write(new byte[] {(byte) 0xFF, (byte) 0xD9});
        return odd.toByteArray();
    }

    @Test
    void aPictureThatLibjpegGrumblesAboutIsPredictedWithoutAForeignLine() throws Exception {
        SmallPictures.draw(folder, "red", "blue");
        Launcher launcher = new Launcher(folder);
        Launcher.Outcome trained = launcher.run(
                "train", "pictures", "--model", "simple_cnn", "--image-size", "32", "--epochs", "1", "--name", "run");
        assertThat(trained.exitCode()).as(trained.err()).isZero();
        Files.write(folder.resolve("odd.jpg"), odd());

        Launcher.Outcome plain = launcher.run("predict", "runs/run", "odd.jpg", "odd.jpg");
        assertThat(plain.exitCode()).as(plain.err()).isZero();
        assertThat(plain.out()).contains("odd.jpg: ");
        assertThat(plain.err()).startsWith("Predicting: 2/2").doesNotContain("JPEG");
        assertThat(plain.err().lines()).hasSize(1);

        // The judge is not blind: without the filter the line is there.
        Launcher.Outcome unfiltered = launcher.with(
                        "SICHTER_JAVA_OPTS",
                        "-Djna.boot.library.path=/ -Djna.nounpack=true -Djna.noclasspath=true -Djna.nosys=true")
                .run("predict", "runs/run", "odd.jpg");
        assertThat(unfiltered.exitCode()).as(unfiltered.err()).isZero();
        assertThat(unfiltered.err()).contains("Corrupt JPEG data: ");
    }

    @Test
    void whatIsNoNoiseIsShownAndOurOwnErrorsAreWhole() {
        Launcher.Outcome outcome = new Launcher(folder).run("predict", "nowhere", "a.jpg", "--verbose");

        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.err()).startsWith("error: There is no such run").contains("\tat io.sichter.run.RunNames");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Corrupt JPEG data: premature end of data segment",
                "Corrupt JPEG data: 4 extraneous bytes before marker 0xd9",
                "Premature end of JPEG file",
                "libpng warning: iCCP: known incorrect sRGB profile"
            })
    void theLinesOfTheLibrariesAreKnown(String line) {
        assertThat(NativeNoise.isNoise(line)).isTrue();
        assertThat(NativeNoise.isNoise("error: " + line)).isFalse();
    }
}
