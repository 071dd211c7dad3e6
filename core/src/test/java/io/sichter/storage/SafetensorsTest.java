package io.sichter.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sichter.error.StorageException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SafetensorsTest {
    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void nameFile() {
        file = folder.resolve("x.safetensors");
    }

    @Test
    void whatIsWrittenIsRead() throws IOException {
        List<TensorBytes> tensors = List.of(
                floats("conv.weight", List.of(2L, 3L), 1, 2, 3, 4, 5, 6),
                new TensorBytes("steps", "I64", List.of(), longs(7)),
                new TensorBytes("empty", "U8", List.of(0L), ByteBuffer.allocate(0)));

        String sha256 = Safetensors.write(file, tensors, Map.of("format", "pt"));

        assertThat(sha256).isEqualTo(Digests.sha256(file));
        List<TensorBytes> read = Safetensors.read(file);
        assertThat(read).extracting(TensorBytes::name).containsExactlyInAnyOrder("conv.weight", "steps", "empty");
        for (TensorBytes expected : tensors) {
            TensorBytes actual = read.stream()
                    .filter(t -> t.name().equals(expected.name()))
                    .findFirst()
                    .orElseThrow();
            assertThat(actual.dtype()).isEqualTo(expected.dtype());
            assertThat(actual.shape()).isEqualTo(expected.shape());
            assertThat(actual.bytes()).isEqualTo(expected.bytes());
        }
    }

    @Test
    void dataBeginsAtAMultipleOfEight() throws IOException {
        Safetensors.write(file, List.of(floats("a", List.of(1L), 1)), Map.of());
        long header = ByteBuffer.wrap(Files.readAllBytes(file))
                .order(ByteOrder.LITTLE_ENDIAN)
                .getLong();
        assertThat(header % 8).isZero();
    }

    @Test
    void everyTruncationIsRefused() throws IOException {
        Safetensors.write(file, List.of(floats("a", List.of(3L), 1, 2, 3)), Map.of());
        byte[] whole = Files.readAllBytes(file);
        for (int length = 0; length < whole.length; length++) {
            Files.write(file, java.util.Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> Safetensors.read(file)).isInstanceOf(StorageException.class);
        }
    }

    @Test
    void mutationsAreReadOrRefusedButNeverAnythingElse() throws IOException {
        Safetensors.write(
                file, List.of(floats("a", List.of(3L), 1, 2, 3), floats("b", List.of(1L), 4)), Map.of("k", "v"));
        byte[] whole = Files.readAllBytes(file);
        Random random = new Random(1);
        int refused = 0;
        for (int i = 0; i < 2000; i++) {
            byte[] mutated = whole.clone();
            mutated[random.nextInt(mutated.length)] = (byte) random.nextInt(256);
            Files.write(file, mutated);
            try {
                assertThat(Safetensors.read(file)).hasSizeBetween(1, 2);
            } catch (StorageException e) {
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(500);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}}", // a hole at the beginning
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},"
                        + "\"b\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[2,6]}}", // overlap
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":[0,8]}}", // shape and bytes differ
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[4294967296,4294967296],\"data_offsets\":[0,8]}}", // overflow
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[-1],\"data_offsets\":[0,8]}}",
                "{\"a\":{\"dtype\":\"EVIL\",\"shape\":[1],\"data_offsets\":[0,8]}}",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]},"
                        + "\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}", // the same name twice
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}", // bytes behind the last tensor
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[2.5],\"data_offsets\":[0,8]}}",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[8,0]}}",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0]}}",
                "{\"a\":5}",
                "[1]",
                " {}",
                "{"
            })
    void headersThatDoNotAddUpAreRefused(String header) throws IOException {
        byte[] json = header.getBytes(StandardCharsets.UTF_8);
        ByteBuffer content = ByteBuffer.allocate(8 + json.length + 8).order(ByteOrder.LITTLE_ENDIAN);
        content.putLong(json.length).put(json).putLong(0);
        Files.write(file, content.array());
        assertThatThrownBy(() -> Safetensors.read(file)).isInstanceOf(StorageException.class);
    }

    @Test
    void aHugeHeaderIsRefusedWithoutReadingIt() throws IOException {
        ByteBuffer content = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
        content.putLong(Long.MAX_VALUE);
        Files.write(file, content.array());
        assertThatThrownBy(() -> Safetensors.read(file)).hasMessageContaining("header of");
    }

    private static TensorBytes floats(String name, List<Long> shape, float... values) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : values) {
            bytes.putFloat(value);
        }
        return new TensorBytes(name, "F32", shape, bytes.flip());
    }

    private static ByteBuffer longs(long value) {
        return ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(value)
                .flip();
    }
}
