package io.sichter.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sichter.error.DataException;
import io.sichter.error.GateException;
import io.sichter.error.UsageException;
import io.sichter.search.ReproductionResult.Kind;
import io.sichter.train.StopSignal;
import io.sichter.train.TinyPictures;
import io.sichter.train.Training;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run is repeated to the same bits, and every kind of difference is found, the first first. */
class ReproductionTest {
    @TempDir
    static Path folder;

    private static Path pictures;
    private static Path run;

    @BeforeAll
    static void train() throws IOException {
        pictures = TinyPictures.draw(folder.resolve("pictures"), 12, 1);
        run = train("first");
    }

    private static Path train(String name, String... settings) {
        List<String> all = new java.util.ArrayList<>(List.of(settings));
        all.add("run_name=" + name);
        return Training.start(
                        Runs.config(pictures, folder.resolve("runs"), all.toArray(String[]::new)),
                        new StopSignal(),
                        List.of())
                .run();
    }

    private static ReproductionResult repeat(Path path, Reproduction.Options options) {
        return new Reproduction(path, options).repeat(new StopSignal(), List.of());
    }

    @Test
    void aRunIsRepeatedToTheSameBitsAndTheRepetitionIsDeleted() {
        ReproductionResult result = repeat(run, Reproduction.Options.usual());

        assertThat(result.difference()).isEmpty();
        assertThat(result.failure()).isEmpty();
        assertThat(result.epochs()).isEqualTo(2);
        assertThat(result.weights()).hasSize(4).allMatch(ReproductionResult.WeightFile::equal);
        assertThat(result.weights())
                .extracting(ReproductionResult.WeightFile::name)
                .anyMatch(name -> name.startsWith("checkpoints/e002-") && name.endsWith("/optimizer.safetensors"));
        assertThat(result.conditions()).hasSizeGreaterThan(8).allMatch(ReproductionResult.Condition::equal);
        assertThat(result.repetition()).doesNotExist();
    }

    @Test
    void oneEpochOfARunThatHasMoreIsEnough() {
        ReproductionResult result = repeat(run, new Reproduction.Options(Optional.empty(), OptionalInt.of(1), true));

        assertThat(result.equal()).isTrue();
        assertThat(result.epochs()).isEqualTo(1);
        assertThat(result.weights()).hasSize(2);
        assertThat(result.repetition().resolve("metrics.csv")).exists();
        assertThatThrownBy(() ->
                        new Reproduction(run, new Reproduction.Options(Optional.empty(), OptionalInt.of(3), false)))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("1 to 2");
    }

    @Test
    void aSettingThatWasNotThatOfTheRunIsFoundInItsFirstEpoch() throws IOException {
        Path other = train("other");
        Path config = other.resolve("run.yaml");
        Files.writeString(config, Files.readString(config).replace("lr: 0.001", "lr: 0.002"));
        ReproductionResult result = repeat(other, Reproduction.Options.usual());

        assertThat(result.difference()).hasValueSatisfying(d -> {
            assertThat(d.kind()).isEqualTo(Kind.METRICS);
            assertThat(d.epoch()).isEqualTo(1);
            assertThat(d.text().toString()).contains("epoch 1").contains(d.what());
        });
        assertThat(result.failure()).hasValueSatisfying(e -> {
            assertThat(e).isInstanceOf(GateException.class);
            assertThat(e.exitCode()).isEqualTo(6);
            assertThat(e.problem().expected().toString()).contains("versions, machine and threads as in the record");
        });
        assertThat(result.repetition()).exists();
    }

    @Test
    void weightsOfOtherBitsAreFoundAlsoWhereAllFiguresAreEqual() throws IOException {
        Path other = train("bits");
        Path last = other.resolve("checkpoints")
                .resolve(Files.readString(other.resolve("checkpoints/last")).strip())
                .resolve("model.safetensors");
        byte[] bytes = Files.readAllBytes(last);
        bytes[bytes.length - 3] ^= 1;
        Files.write(last, bytes);
        ReproductionResult result = repeat(other, Reproduction.Options.usual());

        assertThat(result.difference()).hasValueSatisfying(d -> {
            assertThat(d.kind()).isEqualTo(Kind.WEIGHTS);
            assertThat(d.what()).startsWith("checkpoints/e002-").endsWith("/model.safetensors");
        });
    }

    @Test
    void picturesThatAreGoneAreNamedAndNothingIsTrained() throws IOException {
        Path moved = TinyPictures.draw(folder.resolve("moved"), 12, 1);
        assertThat(repeat(run, new Reproduction.Options(Optional.of(moved), OptionalInt.empty(), false))
                        .equal())
                .as("only the folder is another")
                .isTrue();

        Files.delete(moved.resolve("disc/disc0.png"));
        ReproductionResult result =
                repeat(run, new Reproduction.Options(Optional.of(moved), OptionalInt.empty(), false));

        assertThat(result.difference()).hasValueSatisfying(d -> {
            assertThat(d.kind()).isEqualTo(Kind.DATA);
            assertThat(d.recorded()).contains("disc/disc0.png,disc,");
        });
        assertThat(result.epochs()).isZero();
        assertThat(result.failure()).get().isInstanceOf(DataException.class);
        assertThat(result.otherConditions())
                .extracting(ReproductionResult.Condition::name)
                .contains("data_fingerprint");
        assertThat(result.repetition().resolve("metrics.csv")).isEmptyFile();
    }
}
