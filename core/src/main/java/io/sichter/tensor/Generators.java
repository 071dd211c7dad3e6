package io.sichter.tensor;

import io.sichter.error.Problem;
import io.sichter.error.StorageException;
import org.bytedeco.pytorch.Generator;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * libtorch's own random numbers: initial weights, dropout. Each device has one generator for the process; its state
 * goes into checkpoints so that a resumed run draws what the uninterrupted one would have drawn.
 */
public final class Generators {
    private Generators() {}

    /** Seeds the generators of all devices. */
    public static void seed(long seed) {
        torch.manual_seed(seed);
    }

    /** The complete state of a device's generator; which bytes is libtorch's business. */
    public static byte[] state(Device device) {
        return Scope.call(() -> {
            Tensor state = generator(device).get_state();
            byte[] bytes = new byte[Math.toIntExact(state.nbytes())];
            TensorData.of(state).data().get(bytes);
            return bytes;
        });
    }

    /**
     * Puts back what {@link #state} gave.
     *
     * @throws StorageException if these bytes are not the state of such a generator
     */
    public static void restore(Device device, byte[] state) {
        try {
            Scope.run(() -> generator(device).set_state(Tensor.create(state, false, state.length)));
        } catch (RuntimeException e) {
            throw new StorageException(Problem.of("tensor.generator", state.length, device), e);
        }
    }

    private static Generator generator(Device device) {
        return device == Device.CPU
                ? torch.getDefaultCPUGenerator()
                : torch.globalContext().defaultGenerator(device.toTorch());
    }
}
