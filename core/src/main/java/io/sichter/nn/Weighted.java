package io.sichter.nn;

import io.sichter.tensor.Scope;
import java.util.List;
import org.bytedeco.pytorch.Module;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/** A convolution or a linear layer: what initial weights are drawn for. */
public abstract class Weighted extends Layer {
    /** For layers; see {@link Layer}. */
    protected Weighted(String type, Module module) {
        super(type, module);
    }

    /** The weight, the outputs first; a handle owned by the caller's scope. */
    public abstract Tensor weight();

    /** What is added to each output, or null; a handle owned by the caller's scope. */
    public abstract @Nullable Tensor bias();

    @Override
    public final long multiplyAdds(List<Long> input, List<Long> output) {
        return Scope.call(() -> {
            Tensor weight = weight();
            long values = output.stream().reduce(1L, (a, b) -> a * b);
            return values * (weight.numel() / weight.size(0)); // each value is a sum over a row of the weight
        });
    }

    /** Sets the bias to 0, where there is one. */
    public final void zeroBias() {
        Tensor bias = bias();
        if (bias != null) {
            Initial.fill(bias, 0);
        }
    }
}
