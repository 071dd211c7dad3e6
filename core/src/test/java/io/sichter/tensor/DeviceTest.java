package io.sichter.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.sichter.error.MemoryException;
import io.sichter.error.RunFailedException;
import io.sichter.error.StorageException;
import io.sichter.error.UsageException;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class DeviceTest {
    @Test
    void wordsBecomeDevices() {
        assertThat(Device.resolve("cpu")).isEqualTo(Device.CPU).hasToString("cpu");
        assertThat(Device.resolve("auto")).isEqualTo(Device.CUDA.isAvailable() ? Device.CUDA : Device.CPU);
        assertThatThrownBy(() -> Device.resolve("gpu")).isInstanceOf(UsageException.class);
    }

    @ParameterizedTest
    @EnumSource(names = {"CUDA", "MPS"})
    void aGpuThatIsNotThereIsRefused(Device device) {
        assumeThat(device.isAvailable()).isFalse();
        assertThatThrownBy(() -> Device.resolve(device.toString()))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("received: " + device);
    }

    @ParameterizedTest
    @CsvSource({
        "flags\t\t: fpu vme avx512_bf16,true",
        "flags\t\t: fpu amx_bf16 amx_tile,true",
        "Features\t: fp asimd bf16 i8mm,true",
        "flags\t\t: fpu avx512f avx512bw,false",
        "model name\t: bf16 by name only,false"
    })
    void hardwareIsReadFromCpuinfo(String line, boolean expected) {
        assertThat(Precision.hasBf16(List.of("processor\t: 0", line))).isEqualTo(expected);
    }

    @Test
    void precisionIsWhatWasAskedForOrWhatTheProcessorIsGoodAt() {
        assertThat(Precision.resolve("fp32", Device.CPU)).isEqualTo(Precision.FP32);
        assertThat(Precision.resolve("bf16", Device.CPU)).isEqualTo(Precision.BF16);
        assertThat(Precision.resolve("auto", Device.CPU))
                .isEqualTo(Precision.processorHasBf16() ? Precision.BF16 : Precision.FP32);
        assertThatThrownBy(() -> Precision.resolve("fp16", Device.CPU)).isInstanceOf(UsageException.class);
    }

    @Test
    void autocastEndsWhereItIsClosed() {
        Scope.run(() -> {
            Tensor a = torch.ones(4, 4);
            assertThat(Autocast.call(Device.CPU, Precision.BF16, () -> torch.mm(a, a)
                            .scalar_type()
                            .intern()))
                    .isEqualTo(torch.ScalarType.BFloat16);
            assertThat(Autocast.call(Device.CPU, Precision.FP32, () -> torch.mm(a, a)
                            .scalar_type()
                            .intern()))
                    .isEqualTo(torch.ScalarType.Float);
            assertThat(torch.mm(a, a).scalar_type().intern()).isEqualTo(torch.ScalarType.Float);
        });
    }

    @Test
    void autocastSeesWeightsThatChangedBetweenSteps() {
        Scope.run(() -> {
            Tensor weight = torch.ones(2, 2).requires_grad_(true);
            Tensor x = torch.ones(2, 2);
            for (int step = 1; step <= 3; step++) {
                double sum = Autocast.call(Device.CPU, Precision.BF16, () -> torch.mm(x, weight)
                        .sum()
                        .item_double());
                assertThat(sum).isEqualTo(8.0 * step);
                NoGrad.run(() -> weight.add_(torch.ones(2, 2)));
            }
        });
    }

    @Test
    void threadsAreSetForTheProcess() {
        int before = Threads.get();
        try {
            assertThat(Threads.set(1)).isEqualTo(1);
            assertThat(Threads.get()).isEqualTo(1);
            assertThat(Threads.set(0)).isEqualTo(Runtime.getRuntime().availableProcessors());
        } finally {
            Threads.set(before);
        }
    }

    @Test
    void generatorStateGoesOutAndInExactly() {
        Scope.run(() -> {
            Generators.seed(5);
            torch.rand(3);
            byte[] state = Generators.state(Device.CPU);
            Tensor next = torch.rand(100);
            torch.rand(7);
            Generators.restore(Device.CPU, state);
            assertThat(torch.rand(100).equal(next)).isTrue();
            Generators.seed(5);
            torch.rand(3);
            assertThat(torch.rand(100).equal(next)).isTrue();
        });
        assertThatThrownBy(() -> Generators.restore(Device.CPU, new byte[3])).isInstanceOf(StorageException.class);
    }

    @Test
    void nativeErrorsAreSaidInOurWords() {
        Scope.run(() -> {
            assertThatThrownBy(() -> {
                        try {
                            torch.mm(torch.ones(2, 3), torch.ones(2, 3));
                        } catch (RuntimeException e) {
                            throw NativeErrors.translate(e);
                        }
                    })
                    .isInstanceOf(RunFailedException.class)
                    .hasMessageContaining("mat1 and mat2 shapes cannot be multiplied")
                    .hasMessageNotContaining("Exception raised from");
            assertThatThrownBy(() -> {
                        try {
                            torch.empty(1L << 50);
                        } catch (RuntimeException e) {
                            throw NativeErrors.translate(e);
                        }
                    })
                    .isInstanceOf(MemoryException.class);
        });
        RuntimeException own = new IllegalStateException("ours");
        assertThat(NativeErrors.translate(own)).isSameAs(own);
    }
}
