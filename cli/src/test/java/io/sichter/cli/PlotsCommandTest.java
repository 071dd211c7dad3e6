package io.sichter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(OS.WINDOWS)
class PlotsCommandTest {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void picturesAreDrawnByTrainingNamedByEvaluateAndDrawnAgainOnRequest() throws Exception {
        SmallPictures.draw(folder, "red", "blue");
        Launcher launcher = new Launcher(folder);
        Launcher.Outcome train = launcher.run(
                "train", "pictures", "--model", "simple_cnn", "--image-size", "16", "--epochs", "1", "--name", "x");
        assertThat(train.exitCode()).as(train.err()).isZero();
        assertThat(train.out()).contains("Pictures: runs/x/plots");
        assertThat(train.err()).doesNotContain("could not");

        Path loss = folder.resolve("runs/x/plots/loss.svg");
        String english = Files.readString(loss);
        Files.delete(loss);
        Launcher.Outcome plots = launcher.run("plots", "runs/x", "--lang", "de");
        assertThat(plots.exitCode()).as(plots.err()).isZero();
        assertThat(plots.err()).isEmpty();
        assertThat(plots.out().lines())
                .hasSize(18)
                .contains("runs/x/plots/loss.svg", "runs/x/plots/predictions.png")
                .allSatisfy(file -> assertThat(folder.resolve(file)).isNotEmptyFile());
        assertThat(Files.readString(loss)).isNotEqualTo(english);

        Launcher.Outcome evaluate = launcher.run("evaluate", "runs/x", "pictures");
        assertThat(evaluate.exitCode()).as(evaluate.err()).isZero();
        assertThat(evaluate.err())
                .contains(
                        "Predictions: runs/x/predictions/pictures-all.csv",
                        "Picture: runs/x/plots/confusion_matrix-pictures-all.png",
                        "Picture: runs/x/plots/predictions-pictures-all.png");
        assertThat(evaluate.out()).doesNotContain("plots");
    }

    @Test
    void aFolderThatIsNoRunIsRefused() {
        Launcher.Outcome outcome = new Launcher(folder).run("plots", ".");
        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.err()).contains("Not a run");
    }
}
