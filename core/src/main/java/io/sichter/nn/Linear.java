package io.sichter.nn;

import io.sichter.tensor.Scope;
import org.bytedeco.pytorch.LinearImpl;
import org.bytedeco.pytorch.Tensor;

/** A fully connected layer. Parameters {@code weight} [out, in] and {@code bias} [out]. */
public final class Linear extends Weighted {
    private final LinearImpl linear;

    private Linear(LinearImpl linear) {
        super("Linear", linear);
        this.linear = linear;
    }

    /**
     * Makes one with PyTorch's initial weights, drawn from libtorch's generator: uniform in {@code +-1/sqrt(in)},
     * weight and bias.
     */
    public static Linear of(long in, long out) {
        return Scope.call(() -> {
            if (!Skeleton.isOpen()) {
                return new Linear(new LinearImpl(in, out));
            }
            LinearImpl empty = new LinearImpl(1, 1);
            Skeleton.resize(empty.weight(), out, in);
            Skeleton.resize(empty.bias(), out);
            return new Linear(empty);
        });
    }

    @Override
    public Tensor weight() {
        return linear.weight();
    }

    @Override
    public Tensor bias() {
        return linear.bias();
    }

    @Override
    protected Tensor forward(Tensor input) {
        return linear.forward(input);
    }
}
