package io.sichter.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.sichter.Configs;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A dry run measures every stage and leaves nothing. */
class DryRunTest {
    @TempDir
    Path folder;

    @Test
    void everyStageTheValidationAndACheckpointAreMeasuredAndNothingIsLeft() throws IOException {
        Path pictures = TinyPictures.drawSplit(folder.resolve("pictures"), 6, 4);
        Path runs = folder.resolve("runs");
        DryRun.Result result = DryRun.of(
                Configs.of(
                        "data.path=" + pictures,
                        "runs_dir=" + runs,
                        "model.name=resnet18",
                        "train.progressive=[32:3,64:2:batch=5]",
                        "loader.batch_size=4",
                        "runtime.threads=1"),
                new StopSignal(),
                event -> {});

        assertThat(result.stages()).extracting(DryRun.Stage::size).containsExactly(32, 64);
        assertThat(result.stages()).extracting(DryRun.Stage::epochs).containsExactly(3, 2);
        assertThat(result.stages()).extracting(DryRun.Stage::steps).containsExactly(5, 4);
        assertThat(result.checkpointBytes()).as("weights and two moments").isBetween(3 * 44_000_000L, 3 * 46_000_000L);
        assertThat(result.diskBytes()).isEqualTo(3 * result.checkpointBytes());
        double steps = 15 * result.stages().get(0).stepSeconds()
                + 8 * result.stages().get(1).stepSeconds();
        assertThat(result.seconds()).as("the validations are in it too").isGreaterThan(steps);
        assertThat(result.peakRssMb()).isGreaterThan(100);
        assertThat(runs).isEmptyDirectory();
    }
}
