package io.sichter.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.sichter.error.StorageException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TensorDataTest {
    @ParameterizedTest
    @CsvSource({"F64,8", "F32,4", "F16,2", "BF16,2", "I64,8", "I32,4", "I16,2", "I8,1", "U8,1", "BOOL,1"})
    void everyDtypeGoesOutAndIn(String dtype, int bytes) {
        Scope.run(() -> {
            Tensor tensor = Tensor.create(new float[] {0, 1, 2, 3, 4, 5}, 2, 3).to(TensorData.scalarType(dtype));
            TensorData data = TensorData.of(tensor);
            assertThat(data.dtype()).isEqualTo(dtype);
            assertThat(data.shape()).containsExactly(2, 3);
            assertThat(data.data().remaining()).isEqualTo(6 * bytes);
            assertThat(data.toTensor().equal(tensor)).isTrue();
        });
    }

    @Test
    void bytesAreLittleEndianAndRowMajorWhateverTheLayout() {
        Scope.run(() -> {
            Tensor tensor = torch.arange(new org.bytedeco.pytorch.Scalar(24L))
                    .view(1, 2, 3, 4)
                    .to(torch.ScalarType.Int)
                    .contiguous(torch.MemoryFormat.ChannelsLast);
            ByteBuffer data = TensorData.of(tensor).data();
            assertThat(data.order()).isEqualTo(ByteOrder.LITTLE_ENDIAN);
            for (int i = 0; i < 24; i++) {
                assertThat(data.getInt(4 * i)).isEqualTo(i);
            }
        });
    }

    @Test
    void aRowMajorTensorIsNotCopied() {
        Scope.run(() -> {
            Tensor tensor = torch.zeros(4);
            TensorData.of(tensor).data().putFloat(0, 7);
            assertThat(tensor.get(0).item_float()).isEqualTo(7);
        });
    }

    @Test
    void emptyTensorsSingleNumbersAndBuffersOfTheHeapAreTaken() {
        Scope.run(() -> {
            assertThat(TensorData.of(torch.zeros(0, 3)).toTensor().shape()).containsExactly(0, 3);
            assertThat(TensorData.of(torch.tensor(3L)).toTensor().item_long()).isEqualTo(3);
            ByteBuffer heap = ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN);
            heap.putFloat(0, -1).putFloat(4, 1.5f).putFloat(8, 2.5f).position(4);
            Tensor tensor = new TensorData("F32", new long[] {2}, heap).toTensor();
            assertThat(tensor.get(0).item_float()).isEqualTo(1.5f);
            assertThat(tensor.get(1).item_float()).isEqualTo(2.5f);
        });
    }

    @Test
    void whatDoesNotFitIsRefused() {
        ByteBuffer eight = ByteBuffer.allocateDirect(8);
        assertThatThrownBy(() -> new TensorData("F32", new long[] {3}, eight).toTensor())
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("12 bytes");
        assertThatThrownBy(() -> new TensorData("F8", new long[] {8}, eight).toTensor())
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("F8");
        Scope.run(() -> assertThatThrownBy(() -> new TensorData("F32", new long[] {2}, eight).copyTo(torch.zeros(1, 2)))
                .isInstanceOf(StorageException.class));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void pixelsAreScaledShiftedAndDividedPerChannel(int depth) {
        int n = 2;
        int h = 5;
        int w = 7;
        List<Double> mean = List.of(0.485, 0.456, 0.406);
        List<Double> std = List.of(0.229, 0.224, 0.225);
        ByteBuffer pixels = ByteBuffer.allocateDirect(n * h * w * 3 * depth + 8).order(ByteOrder.nativeOrder());
        double[] unit = new double[n * h * w * 3];
        for (int i = 0; i < unit.length; i++) {
            int raw = (i * 7919) % (depth == 1 ? 256 : 65536);
            unit[i] = raw / (depth == 1 ? 255.0 : 65535.0);
            switch (depth) {
                case 1 -> pixels.put(i, (byte) raw);
                case 2 -> pixels.putShort(2 * i, (short) raw);
                default -> pixels.putFloat(4 * i, (float) unit[i]);
            }
        }
        try (InputNormalizer normalizer = new InputNormalizer(mean, std, Device.CPU)) {
            Scope.run(() -> {
                Tensor result = normalizer.apply(pixels, depth, n, h, w, 3);
                assertThat(result.shape()).containsExactly(n, 3, h, w);
                assertThat(result.is_contiguous(torch.MemoryFormat.ChannelsLast))
                        .isTrue();
                Tensor flat = result.permute(0, 2, 3, 1).flatten();
                for (int i = 0; i < unit.length; i++) {
                    double expected = (unit[i] - mean.get(i % 3)) / std.get(i % 3);
                    assertThat(flat.get(i).item_double()).isCloseTo(expected, within(1e-6));
                }
                // the buffer is used again at once, in another size
                assertThat(normalizer.apply(pixels, depth, 1, h, w - 2, 3).shape())
                        .containsExactly(1, 3, h, w - 2);
            });
            assertThatThrownBy(() -> normalizer.apply(pixels, depth, n + 1, h, w, 3))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> normalizer.apply(pixels, depth, n, h, w, 1))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void anyOperatorIsReachedByName() {
        Scope.run(() -> {
            Tensor doubled = Aten.operator("aten::mul", "Scalar").callForTensor(torch.ones(3), 2.0);
            assertThat(doubled.sum().item_float()).isEqualTo(6);
            assertThatThrownBy(() -> Aten.operator("aten::no_such_thing", "")).isInstanceOf(RuntimeException.class);
            assertThatThrownBy(() -> Aten.operator("aten::mul", "Scalar").call(torch.ones(3), new Object()))
                    .isInstanceOf(IllegalArgumentException.class);
        });
    }
}
