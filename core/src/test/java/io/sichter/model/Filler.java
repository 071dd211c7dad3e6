package io.sichter.model;

import io.sichter.tensor.NoGrad;
import io.sichter.tensor.Scope;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Deterministic numbers that golden/golden_engine.py makes as well: SplitMix64 over the FNV-1a hash of a name and the
 * index of an element, so that weights need not be stored to be the same in two languages.
 */
public final class Filler {
    /** After so many elements the numbers repeat: the largest linear layers need not fit into the heap. */
    private static final int PERIOD = (1 << 22) - 3;

    private static final long GAMMA = 0x9E3779B97F4A7C15L;

    private Filler() {}

    /** Numbers in [-1, 1) for a name. */
    public static double[] values(String name, int count) {
        long state = 0xCBF29CE484222325L;
        for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
            state = (state ^ (b & 0xFF)) * 0x100000001B3L;
        }
        double[] values = new double[count];
        for (int i = 0; i < count; i++) {
            long z = state + (i + 1) * GAMMA;
            z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
            z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
            z ^= z >>> 31;
            values[i] = (z >>> 11) * 0x1p-52 - 1;
        }
        return values;
    }

    /** A float64 tensor of such numbers, owned by the caller's scope. */
    public static Tensor tensor(String name, long... shape) {
        int count = (int) Arrays.stream(shape).reduce(1, (a, b) -> a * b);
        return Tensor.create(values(name, count), shape);
    }

    /** Gives every parameter and buffer of a network the value that its name stands for. */
    public static void fill(Classifier model) {
        NoGrad.run(() -> model.state().tensors().forEach((name, tensor) -> {
            try (Tensor value = valueFor(name, tensor.shape())) {
                tensor.copy_(value);
            }
        }));
    }

    /** The value of a parameter or buffer of that name, owned by the caller's scope. */
    static Tensor valueFor(String name, long... shape) {
        int count = (int) Arrays.stream(shape).reduce(1, (a, b) -> a * b);
        if (name.endsWith("num_batches_tracked")) {
            return torch.zeros(shape, torch.dtype(torch.ScalarType.Long));
        }
        double[] u = values(name, Math.min(count, PERIOD));
        double bound = Math.sqrt(6.0 / (count / (double) shape[0]));
        boolean variance = name.endsWith("running_var");
        boolean small = name.endsWith("running_mean") || name.endsWith("bias");
        double[] filled = Arrays.stream(u)
                .map(v -> variance ? 1 + 0.5 * v : small ? 0.1 * v : shape.length == 1 ? 1 + 0.25 * v : v * bound)
                .toArray();
        if (count <= PERIOD) {
            return Tensor.create(filled, shape);
        }
        try (Scope scope = Scope.open()) {
            long times = ((long) count + PERIOD - 1) / PERIOD;
            Tensor repeated = Tensor.create(filled, PERIOD).repeat(times);
            return scope.keep(repeated.narrow(0, 0, count).reshape(shape));
        }
    }
}
