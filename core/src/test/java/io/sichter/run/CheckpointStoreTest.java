package io.sichter.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sichter.error.StorageException;
import io.sichter.storage.TensorBytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointStoreTest {
    @TempDir
    Path folder;

    private CheckpointStore store;

    @BeforeEach
    void openStore() {
        store = new CheckpointStore(new RunDirectory(folder));
    }

    @Test
    void theNewestIsReadBackWhole() {
        save(1, 10);
        save(1, 15);
        CheckpointStore.Loaded loaded = store.newest();
        assertThat(loaded.state().step()).isEqualTo(15);
        assertThat(loaded.state()).usingRecursiveComparison().isEqualTo(state(1, 15));
        assertThat(loaded.model().get(0).bytes().get(0)).isEqualTo((byte) 15);
        assertThat(loaded.rejected()).isEmpty();
        assertThat(Files.exists(folder.resolve("checkpoints/e001-s000015"))).isTrue();
    }

    @Test
    void aDamagedOneIsPassedOverAndNamed() throws IOException {
        save(0, 5);
        save(1, 10);
        Path weights = folder.resolve("checkpoints/e001-s000010/model.safetensors");
        byte[] bytes = Files.readAllBytes(weights);
        bytes[bytes.length - 1] ^= 1;
        Files.write(weights, bytes);
        CheckpointStore.Loaded loaded = store.newest();
        assertThat(loaded.state().step()).isEqualTo(5);
        assertThat(loaded.rejected()).singleElement().asString().contains(weights.toString());
    }

    @Test
    void whenAllAreDamagedItSaysSo() throws IOException {
        save(0, 5);
        Files.delete(folder.resolve("checkpoints/e000-s000005/state.json"));
        assertThatThrownBy(() -> store.newest())
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("Every checkpoint of the run is damaged");
    }

    @Test
    void retentionKeepsTheNewestAndTheBest() {
        for (int step = 1; step <= 5; step++) {
            save(step, step);
        }
        store.retain(2, "e001-s000001");
        assertThat(folder.resolve("checkpoints")).isDirectoryContaining("glob:**e001-s000001");
        assertThat(folder.resolve("checkpoints/e002-s000002")).doesNotExist();
        assertThat(folder.resolve("checkpoints/e003-s000003")).doesNotExist();
        assertThat(folder.resolve("checkpoints/e004-s000004")).exists();
        assertThat(folder.resolve("checkpoints/e005-s000005")).exists();
    }

    @Test
    void unfinishedOnesAreNeverReadAndAreCleaned() throws IOException {
        save(0, 5);
        Path torn = Files.createDirectory(folder.resolve("checkpoints/.tmp-e000-s000009"));
        Files.writeString(torn.resolve("model.safetensors"), "half");
        assertThat(store.newest().state().step()).isEqualTo(5);
        store.clean();
        assertThat(torn).doesNotExist();
    }

    @Test
    void notANumberSurvivesTheWayToJsonAndBack() {
        EpochMetrics metrics = new EpochMetrics(1, Map.of("val_f1_macro", Double.NaN));
        TrainState state = state(1, 1, new History(List.of(metrics), List.of()));
        TrainState back = TrainState.fromJson(state.toJson(), "test");
        assertThat(back.history().metrics().get(0).value("val_f1_macro")).isNaN();
    }

    @Test
    void theMeanOfTheWeightsIsKeptWhereThereIsOneAndIsWhatIsShipped() {
        save(1, 10);
        Path without = store.newest().path();
        assertThat(store.newest().averaged()).isEmpty();
        assertThat(CheckpointStore.weights(without)).isEqualTo(without.resolve("model.safetensors"));
        save(2, 20);
        Path with = store.newest().path();
        assertThat(store.newest().averaged()).hasSize(1);
        assertThat(CheckpointStore.weights(with)).isEqualTo(with.resolve("averaged.safetensors"));
    }

    @Test
    void aStateOfAVersionWithoutPoliciesIsRead() {
        String json = state(1, 1).toJson().replaceAll("(?s)\\s*\"policies\" : \\{[^}]*},", "");
        assertThat(json).doesNotContain("policies");
        assertThat(TrainState.fromJson(json, "test").policies()).isEqualTo(PolicyState.none());
    }

    private void save(int epochs, long step) {
        TensorBytes tensor = new TensorBytes("w", "U8", List.of(3L), ByteBuffer.wrap(new byte[] {(byte) step, 2, 3}));
        store.save(
                state(epochs, step),
                new CheckpointStore.Tensors(List.of(tensor), List.of(), epochs == 2 ? List.of(tensor) : List.of()));
    }

    private static TrainState state(int epochs, long step) {
        return state(epochs, step, History.empty());
    }

    private static TrainState state(int epochs, long step, History history) {
        return new TrainState(
                1,
                epochs,
                3,
                step,
                100,
                TrainState.Best.none(),
                new EpochSums(0.1 + 0.2, new long[][] {{1, 2}, {3, 4}}, 1.5, 0.25),
                Map.of("cpu", "AAAA"),
                history,
                new PolicyState(2, 1, 512, 7),
                12.25);
    }
}
