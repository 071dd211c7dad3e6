package io.sichter.nn;

import io.sichter.tensor.Scope;
import org.bytedeco.pytorch.LinearImpl;
import org.bytedeco.pytorch.LinearOptions;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/** A fully connected layer. Parameters {@code weight} [out, in] and {@code bias} [out]. */
public final class Linear extends Weighted {
    private final LinearImpl linear;
    private final boolean bias;

    private Linear(LinearImpl linear, boolean bias) {
        super("Linear", linear);
        this.linear = linear;
        this.bias = bias;
    }

    /**
     * Makes one with PyTorch's initial weights, drawn from libtorch's generator: uniform in {@code +-1/sqrt(in)},
     * weight and bias.
     */
    public static Linear of(long in, long out) {
        return of(in, out, true);
    }

    /** Like {@link #of(long, long)}; one without bias has its weight alone. */
    public static Linear of(long in, long out, boolean bias) {
        return Scope.call(() -> {
            boolean empty = Skeleton.isOpen();
            LinearOptions options = new LinearOptions(empty ? 1 : in, empty ? 1 : out);
            options.bias().put(bias);
            LinearImpl linear = new LinearImpl(options);
            if (empty) {
                Skeleton.resize(linear.weight(), out, in);
                if (bias) {
                    Skeleton.resize(linear.bias(), out);
                }
            }
            return new Linear(linear, bias);
        });
    }

    @Override
    public Tensor weight() {
        return linear.weight();
    }

    @Override
    public @Nullable Tensor bias() {
        return bias ? linear.bias() : null;
    }

    @Override
    protected Tensor forward(Tensor input) {
        return linear.forward(input);
    }
}
