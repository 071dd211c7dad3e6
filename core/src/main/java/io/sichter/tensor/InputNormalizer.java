package io.sichter.tensor;

import java.nio.ByteBuffer;
import java.util.List;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/**
 * Raw pixels of a batch to what a network gets: values scaled to 0..1, minus mean, divided by std, per channel. The
 * conversion runs on the device; pixels travel there in their raw depth.
 */
public final class InputNormalizer implements AutoCloseable {
    private final Device device;
    private final double[] mean;
    private final double[] std;
    private @Nullable Rows rows;

    /**
     * For pictures with these statistics.
     *
     * @param mean per channel, on a scale where black is 0 and white is 1
     * @param std per channel, on the same scale, above 0
     */
    public InputNormalizer(List<Double> mean, List<Double> std, Device device) {
        if (mean.isEmpty() || mean.size() != std.size()) {
            throw new IllegalArgumentException("mean has " + mean.size() + " channels, std has " + std.size());
        }
        this.device = device;
        this.mean = mean.stream().mapToDouble(Double::doubleValue).toArray();
        this.std = std.stream().mapToDouble(Double::doubleValue).toArray();
    }

    /**
     * Factor and summand of each value of one row of a picture. Repeated over the row, because an operation whose
     * innermost length is 3 channels takes several times as long as one over a whole row.
     */
    private record Rows(int bytesPerValue, int width, Tensor scale, Tensor shift) {}

    /**
     * Converts and normalises one batch.
     *
     * @param pixels {@code n} interleaved pictures one after the other, a direct buffer from position 0, in the
     *     machine's byte order; it may be overwritten as soon as this returns
     * @param bytesPerValue 1 (unsigned, white is 255), 2 (unsigned, white is 65535) or 4 (float32, white is 1)
     * @return float32 {@code [n, c, h, w]}, channels_last, on the device, owned by the caller's scope
     */
    public Tensor apply(ByteBuffer pixels, int bytesPerValue, int n, int h, int w, int c) {
        check(pixels, bytesPerValue, n, h, w, c);
        return NoGrad.call(() -> Scope.keeping(() -> {
            Rows row = rows(bytesPerValue, w);
            ByteBuffer all = pixels.duplicate().clear();
            Tensor raw =
                    torch.from_blob(new BytePointer(all), new long[] {(long) n * h, (long) w * c}, type(bytesPerValue));
            Tensor moved = device == Device.CPU ? raw : raw.to(device.toTorch(), raw.scalar_type());
            Tensor values = moved.to(torch.ScalarType.Float);
            Tensor result = torch.addcmul(row.shift(), values, row.scale());
            return result.view(n, h, w, c).permute(0, 3, 1, 2);
        }));
    }

    private static TensorOptions type(int bytesPerValue) {
        return torch.dtype(
                switch (bytesPerValue) {
                    case 1 -> torch.ScalarType.Byte;
                    case 2 -> torch.ScalarType.UInt16;
                    default -> torch.ScalarType.Float;
                });
    }

    private Rows rows(int bytesPerValue, int width) {
        Rows known = rows;
        if (known != null && known.bytesPerValue() == bytesPerValue && known.width() == width) {
            return known;
        }
        close();
        double white = bytesPerValue == 1 ? 255 : bytesPerValue == 2 ? 65535 : 1;
        int channels = mean.length;
        float[] scale = new float[width * channels];
        float[] shift = new float[width * channels];
        for (int i = 0; i < scale.length; i++) {
            int channel = i % channels;
            scale[i] = (float) (1 / (white * std[channel]));
            shift[i] = (float) (-mean[channel] / std[channel]);
        }
        Rows made = new Rows(bytesPerValue, width, onDevice(scale), onDevice(shift));
        rows = made;
        return made;
    }

    private Tensor onDevice(float[] values) {
        return Scope.release(Tensor.create(values).to(device.toTorch(), torch.ScalarType.Float));
    }

    private void check(ByteBuffer pixels, int bytesPerValue, int n, int h, int w, int c) {
        if (c != mean.length) {
            throw new IllegalArgumentException("Pictures of " + c + " channels, statistics of " + mean.length);
        }
        if (bytesPerValue != 1 && bytesPerValue != 2 && bytesPerValue != 4) {
            throw new IllegalArgumentException("Values of " + bytesPerValue + " bytes");
        }
        long needed = (long) n * h * w * c * bytesPerValue;
        if (!pixels.isDirect() || pixels.capacity() < needed) {
            throw new IllegalArgumentException("A direct buffer of " + needed + " bytes is needed");
        }
    }

    /** Frees what was prepared for the last width. */
    @Override
    public void close() {
        Rows known = rows;
        if (known != null) {
            known.scale().close();
            known.shift().close();
            rows = null;
        }
    }
}
