package io.sichter.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class TypefaceTest {
    @TempDir
    private Path folder = Path.of("");

    /** Draws the curves of the synthetic run it is given, in a Java of its own. */
    static final class Child {
        private Child() {}

        public static void main(String[] arguments) throws Exception {
            var run = SyntheticRun.make(
                    Path.of(arguments[0]), java.util.List.of("Käfer", "虫"), SyntheticRun.metrics(2), 1);
            Plots.Drawn drawn = new Plots(Locale.ENGLISH).draw(run);
            Files.writeString(Path.of(arguments[0], "advice"), drawn.advice() + " " + ink("Größe"));
        }
    }

    @Test
    void wordsLeavePixels() {
        assertThat(ink("Größe 98.6 % … ✓ Ж")).isGreaterThan(400);
        assertThat(ink(" ")).isZero();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void picturesHaveTextOnAMachineWithoutAnyFont() throws Exception {
        Path none = Files.writeString(folder.resolve("fonts.conf"), "<fontconfig></fontconfig>");
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.awt.headless=true",
                "-Duser.home=" + folder, // Java caches what fonts it has found there
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                Child.class.getName(),
                folder.toString());
        builder.environment().put("FONTCONFIG_FILE", none.toString());
        builder.environment().put("XDG_CACHE_HOME", folder.toString());
        Process child = builder.redirectErrorStream(true).start();
        String said = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(child.waitFor()).as(said).isZero();
        assertThat(Files.readString(folder.resolve("advice"))).isEqualTo("[] " + ink("Größe"));
    }

    @Test
    void namesThatAreTooLongKeepBothEnds() {
        Label label = Label.of("chocolate_mousse_with_cream_17", Typeface.regular(12));
        Label fitted = label.fit(90);
        assertThat(fitted.text()).startsWith("choco").endsWith("_17").contains("…");
        assertThat(fitted.width()).isLessThanOrEqualTo(90);
        assertThat(label.fit(1000)).isEqualTo(label);
    }

    /** Pixels that a line of text leaves. */
    private static int ink(String text) {
        BufferedImage picture = Bitmap.blank(400, 60);
        Graphics2D g = picture.createGraphics();
        Label.of(text, Typeface.regular(24)).color(Color.WHITE).paint(g, 10, 40);
        g.dispose();
        int ink = 0;
        for (int i = 0; i < 400 * 60; i++) {
            if ((picture.getRGB(i % 400, i / 400) & 0xFFFFFF) != 0) {
                ink++;
            }
        }
        return ink;
    }
}
