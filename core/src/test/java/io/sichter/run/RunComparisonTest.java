package io.sichter.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.sichter.config.ConfigLayer;
import io.sichter.config.ConfigReader;
import io.sichter.config.ConfigWriter;
import io.sichter.config.RunConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunComparisonTest {
    @TempDir
    private Path folder = Path.of("");

    private RunDirectory run(String name, String fingerprint, String... settings) throws IOException {
        RunDirectory run = new RunDirectory(Files.createDirectories(folder.resolve(name)));
        List<ConfigLayer> layers =
                Arrays.stream(settings).map(ConfigLayer::assignment).toList();
        Files.writeString(run.config(), ConfigWriter.write(ConfigReader.resolve(RunConfig.defaults(), layers)));
        Files.writeString(run.provenance(), "{\"data_fingerprint\":\"" + fingerprint + "\"}");
        Files.writeString(run.metrics(), "epoch,train_loss,val_loss,val_accuracy\n1,2,1.5,0.25\n2,1,1.25,0.75\n");
        return run;
    }

    @Test
    void aSecondDifferenceIsWarnedOf() throws IOException {
        RunComparison comparison = RunComparison.of(List.of(
                run("a", "f", "run_name=a", "loader.workers=1"),
                run("b", "f", "run_name=b", "loader.batch_size=4", "model.image_size=64", "loader.workers=2")));
        assertThat(comparison.causes()).containsExactlyInAnyOrder("loader.batch_size", "model.image_size");
        assertThat(comparison.advice().orElseThrow().toString()).contains("2", "loader.batch_size");
        assertThat(comparison.metrics()).containsExactly("val_loss", "val_accuracy", "train_loss");
        assertThat(comparison.runs().get(1).value("val_accuracy")).isEqualTo(0.75);
    }

    @Test
    void oneDifferenceIsTheReasonAndSeedsAreNoise() throws IOException {
        RunDirectory plain = run("a", "f");
        RunComparison one = RunComparison.of(List.of(plain, run("b", "f", "optimizer.lr=0.5")));
        assertThat(one.causes()).containsExactly("optimizer.lr");
        assertThat(one.differences().get(0).values()).hasSize(2).contains("0.5");
        assertThat(one.advice()).isEmpty();
        RunComparison seeds = RunComparison.of(List.of(plain, run("c", "f", "seed=7")));
        assertThat(seeds.causes()).isEmpty();
        assertThat(seeds.advice().orElseThrow().toString()).contains("seed");
        RunComparison both = RunComparison.of(List.of(plain, run("d", "f", "seed=7", "optimizer.lr=0.5")));
        assertThat(both.causes()).containsExactly("optimizer.lr");
        assertThat(both.advice().orElseThrow().toString()).contains("optimizer.lr", "seed");
    }

    @Test
    void otherPicturesAreADifferenceAndAnotherFolderIsNot() throws IOException {
        RunDirectory plain = run("a", "f", "data.path=x");
        assertThat(RunComparison.of(List.of(plain, run("b", "f", "data.path=y")))
                        .differences())
                .isEmpty();
        assertThat(RunComparison.of(List.of(plain, run("c", "g", "data.path=y")))
                        .causes())
                .containsExactly("pictures");
    }

    @Test
    void transformsAreComparedAsAWhole() throws IOException {
        RunComparison comparison = RunComparison.of(List.of(
                run("a", "f"), run("b", "f", "transforms.train=[{resize: {size: [64, 64]}}]", "model.image_size=64")));
        assertThat(comparison.causes()).containsExactlyInAnyOrder("model.image_size", "transforms.train");
    }
}
