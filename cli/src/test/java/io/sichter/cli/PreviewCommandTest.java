package io.sichter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PreviewCommandTest {
    @TempDir
    private Path folder = Path.of("");

    @BeforeEach
    void draw() throws IOException {
        SmallPictures.draw(folder, "red", "blue");
    }

    @Test
    void aGridIsWrittenAsPngAndSvgAndMadeOfTheRunsPictures() throws IOException {
        Launcher.Outcome outcome = new Launcher(folder)
                .run(
                        "preview",
                        "pictures",
                        "--image-size",
                        "32",
                        "--transforms",
                        "seed000",
                        "--count",
                        "4",
                        "--draws",
                        "2",
                        "--mixup",
                        "0.4",
                        "--out",
                        "grid.png",
                        "--json");
        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        JsonNode json = JsonMapper.builder().build().readTree(outcome.out());
        assertThat(json.path("files").toString()).isEqualTo("[\"grid.png\",\"grid.svg\"]");
        assertThat(json.path("rows")).hasSize(4);
        for (JsonNode row : json.path("rows")) {
            assertThat(row.path("pictures").findValuesAsText("kind"))
                    .containsExactly("stored", "augmented", "augmented", "mixed");
            double shares = 0;
            for (JsonNode share : row.path("pictures").path(3).path("classes")) {
                shares += share.asDouble();
            }
            assertThat(shares).isBetween(0.999, 1.001);
        }
        assertThat(ImageIO.read(folder.resolve("grid.png").toFile()).getWidth()).isGreaterThan(1000);
        assertThat(Files.readString(folder.resolve("grid.svg"))).contains("<svg", "data:image/png");
        assertThat(folder.resolve("runs")).doesNotExist();
    }

    @Test
    void valuesAreComparedRowByRow() {
        Launcher.Outcome outcome = new Launcher(folder)
                .with("LC_ALL", "de_DE.UTF-8")
                .run(
                        "preview",
                        "pictures",
                        "--image-size",
                        "32",
                        "--sweep",
                        "ColorJitter.brightness=0.1,0.2,0.3,0.4",
                        "--out",
                        "sweep.svg");
        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        assertThat(outcome.out()).isEqualTo("sweep.png\nsweep.svg\n");
        assertThat(outcome.err()).contains("verwendet color_jitter nicht");
    }
}
