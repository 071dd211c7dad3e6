package io.sichter.tensor;

import java.util.function.Supplier;
import org.bytedeco.pytorch.global.torch;

/**
 * Mixed precision on the calling thread while it is open: convolutions and linear layers compute in half precision, losses
 * and reductions in float32, as libtorch's lists say. Does nothing for {@link Precision#FP32}. Surrounds the forward
 * pass and the loss; the backward pass follows what was recorded.
 *
 * <p>Closing restores what was before and forgets the half-precision copies of the weights, which the next step changes.
 */
public final class Autocast implements AutoCloseable {
    private final Device device;
    private final boolean active;
    private final boolean wasEnabled;
    private final torch.ScalarType previousType;

    private Autocast(Device device, Precision precision) {
        this.device = device;
        this.active = precision != Precision.FP32;
        this.wasEnabled = torch.is_autocast_enabled(device.type());
        this.previousType = torch.get_autocast_dtype(device.type());
        if (active) {
            torch.set_autocast_dtype(
                    device.type(), precision == Precision.FP16 ? torch.ScalarType.Half : torch.ScalarType.BFloat16);
            torch.set_autocast_enabled(device.type(), true);
        }
    }

    /** Begins on the calling thread; close it on the same thread. */
    public static Autocast open(Device device, Precision precision) {
        return new Autocast(device, precision);
    }

    /** Runs something under mixed precision. */
    @SuppressWarnings("try") // works by being open, not by being called
    public static <T> T call(Device device, Precision precision, Supplier<T> body) {
        try (Autocast cast = open(device, precision)) {
            return body.get();
        }
    }

    @Override
    public void close() {
        if (active) {
            torch.set_autocast_enabled(device.type(), wasEnabled);
            torch.set_autocast_dtype(device.type(), previousType);
            torch.clear_cache();
        }
    }
}
