package io.sichter.tensor;

import io.sichter.error.Problem;
import io.sichter.error.UsageException;
import io.sichter.text.Text;
import org.bytedeco.pytorch.Context;
import org.bytedeco.pytorch.global.torch;

/** Where tensors live and are computed. A plain value; {@link #CPU} needs no native library. */
public enum Device {
    /** The processor. */
    CPU("cpu"),
    /** The first GPU of NVIDIA that the process sees. */
    CUDA("cuda"),
    /** Apple's GPU. */
    MPS("mps");

    private final String word;

    Device(String word) {
        this.word = word;
    }

    /**
     * The device that a configuration asks for.
     *
     * @param requested {@code auto} (CUDA where it works, else the processor), {@code cpu}, {@code cuda} or {@code mps}
     * @throws UsageException if the word is another, or if the device it asks for is not there
     */
    public static Device resolve(String requested) {
        return switch (requested) {
            case "cpu" -> CPU;
            case "auto" -> CUDA.isAvailable() ? CUDA : CPU;
            case "cuda" -> CUDA.require(Text.of("tensor.device.cuda"));
            case "mps" -> MPS.require(Text.of("tensor.device.mps"));
            default -> throw new UsageException(Problem.of("tensor.device.unknown", requested));
        };
    }

    private Device require(Text fix) {
        if (!isAvailable()) {
            throw new UsageException(new Problem(
                    Text.of("tensor.device.absent"), Text.verbatim(word), Text.of("tensor.device.gpu"), fix));
        }
        return this;
    }

    /** Whether libtorch can compute there. Loads libtorch, except for {@link #CPU}. */
    public boolean isAvailable() {
        return switch (this) {
            case CPU -> true;
            case CUDA -> torch.cuda_is_available();
            case MPS -> Context.hasMPS();
        };
    }

    /** libtorch's name of the device, owned by the caller's scope. */
    public org.bytedeco.pytorch.Device toTorch() {
        return new org.bytedeco.pytorch.Device(type());
    }

    /** libtorch's kind of the device. */
    public torch.DeviceType type() {
        return switch (this) {
            case CPU -> torch.DeviceType.CPU;
            case CUDA -> torch.DeviceType.CUDA;
            case MPS -> torch.DeviceType.MPS;
        };
    }

    /** The word of the configuration: {@code cpu}, {@code cuda}, {@code mps}. */
    @Override
    public String toString() {
        return word;
    }
}
