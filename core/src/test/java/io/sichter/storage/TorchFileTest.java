package io.sichter.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sichter.GoldenFile;
import io.sichter.error.StorageException;
import io.sichter.tensor.Scope;
import io.sichter.tensor.TensorData;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.assertj.core.api.SoftAssertions;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** State dicts of PyTorch, and files that try to be more. */
class TorchFileTest {
    @TempDir
    Path folder;

    private static byte[] golden(String name) throws IOException {
        try (InputStream in = TorchFileTest.class.getResourceAsStream("/golden/weights/" + name)) {
            return Objects.requireNonNull(in).readAllBytes();
        }
    }

    private Path write(String name, byte[] bytes) throws IOException {
        return Files.write(folder.resolve(name), bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"state-zip.pth", "state-legacy.pth", "state.safetensors"})
    void everyTensorIsReadAsItWas(String name) throws IOException {
        JsonNode expected = GoldenFile.json("weights/state");
        List<TensorBytes> tensors = WeightsFile.read(write(name, golden(name))).tensors();
        assertThat(tensors).hasSize(expected.size());
        Scope.run(() -> tensors.forEach(tensor -> {
            JsonNode golden = expected.get(tensor.name());
            long[] shape = tensor.shape().stream().mapToLong(Long::longValue).toArray();
            assertThat(shape).as(tensor.name()).containsExactly(GoldenFile.longs(golden.get("shape")));
            Tensor values = new TensorData(tensor.dtype(), shape, tensor.bytes())
                    .toTensor()
                    .to(torch.ScalarType.Double)
                    .flatten();
            double[] numbers = GoldenFile.doubles(golden.get("values"));
            for (int i = 0; i < numbers.length; i++) {
                assertThat(values.get(i).item_double())
                        .as(tensor.name())
                        .isCloseTo(numbers[i], within(Math.abs(numbers[i]) * 1e-15));
            }
        }));
    }

    @ParameterizedTest
    @ValueSource(strings = {"wrapped-state_dict.pth", "wrapped-model.pth"})
    void theUsualWrappersAreOpened(String name) throws IOException {
        assertThat(WeightsFile.read(write(name, golden(name))).tensors())
                .extracting(TensorBytes::name)
                .containsExactly("w");
    }

    /** Nothing is executed: the attacks would make a file in the working folder. */
    @Test
    void everyAttackIsRefusedByName() throws IOException {
        Map<String, byte[]> attacks = attacks();
        JsonNode index = new ObjectMapper().readTree(attacks.remove("index.json"));
        assertThat(attacks).hasSizeGreaterThan(100);
        SoftAssertions softly = new SoftAssertions();
        for (Map.Entry<String, byte[]> attack : attacks.entrySet()) {
            Path file = write(attack.getKey(), attack.getValue());
            String mentions =
                    index.get(attack.getKey().replaceAll("\\.pth$", "")).asText();
            softly.assertThatThrownBy(() -> WeightsFile.read(file))
                    .as(attack.getKey())
                    .isInstanceOf(StorageException.class)
                    .hasMessageContaining("nothing in it was executed")
                    .hasMessageContaining(mentions);
        }
        softly.assertAll();
        assertThat(Path.of("sichter-canary")).doesNotExist();
    }

    private static Map<String, byte[]> attacks() throws IOException {
        Map<String, byte[]> attacks = new HashMap<>();
        try (ZipInputStream in = new ZipInputStream(
                Objects.requireNonNull(TorchFileTest.class.getResourceAsStream("/golden/weights/attacks.zip")))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                attacks.put(entry.getName(), in.readAllBytes());
            }
        }
        return attacks;
    }

    /** Bytes changed, cut and repeated: a file is read or refused, nothing else happens. */
    @ParameterizedTest
    @ValueSource(strings = {"state-zip.pth", "state-legacy.pth", "state.safetensors"})
    void damagedFilesAreReadOrRefused(String name) throws IOException {
        byte[] sound = golden(name);
        SplittableRandom random = new SplittableRandom(3);
        int refused = 0;
        for (int i = 0; i < 600; i++) {
            byte[] damaged = sound.clone();
            for (int k = random.nextInt(3); k >= 0; k--) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
            }
            if (i % 3 == 0) {
                damaged = java.util.Arrays.copyOf(damaged, random.nextInt(damaged.length));
            }
            Path file = write(name, damaged);
            try {
                WeightsFile.read(file);
            } catch (StorageException e) {
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(200);
    }

    @Test
    void statisticsAreFoundWhereTheyAreRecorded() throws IOException {
        Path file = write("state.safetensors", golden("state.safetensors"));
        WeightsFile.Statistics recorded = new WeightsFile.Statistics(List.of(0.5, 0.4), List.of(0.2, 0.3));
        assertThat(WeightsFile.read(file).statistics()).contains(recorded);
        Path state = write("state-zip.pth", golden("state-zip.pth"));
        assertThat(WeightsFile.read(state).statistics()).isEmpty();
        Files.writeString(
                folder.resolve("config.json"),
                "{\"architecture\": \"resnet18\", \"pretrained_cfg\": {\"mean\": [0.5, 0.4], \"std\": [0.2, 0.3]}}");
        assertThat(WeightsFile.read(state).statistics()).contains(recorded);
        Files.writeString(folder.resolve("config.json"), "{\"image_mean\": [0.5, 0.4], \"image_std\": [0.2, 0.3]}");
        assertThat(WeightsFile.read(state).statistics()).contains(recorded);
    }
}
