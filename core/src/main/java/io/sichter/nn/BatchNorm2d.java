package io.sichter.nn;

import io.sichter.tensor.Scope;
import org.bytedeco.pytorch.BatchNorm2dImpl;
import org.bytedeco.pytorch.BatchNormOptions;
import org.bytedeco.pytorch.DoubleOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Batch normalisation per channel. Parameters {@code weight} (1) and {@code bias} (0); buffers {@code running_mean},
 * {@code running_var}, {@code num_batches_tracked} (Ioffe and Szegedy, 2015).
 */
public final class BatchNorm2d extends Layer {
    /** PyTorch's usual constants. */
    public static final Constants PYTORCH = new Constants(1e-5, 0.1);

    private final BatchNorm2dImpl norm;
    private boolean folded;

    /**
     * The two numbers that batch norms differ in.
     *
     * @param eps added to the variance
     * @param momentum share of a batch in the running statistics; Keras counts the other way round, its 0.99 is 0.01
     */
    public record Constants(double eps, double momentum) {}

    private BatchNorm2d(BatchNorm2dImpl norm) {
        super("BatchNorm2d", norm);
        this.norm = norm;
    }

    /** Makes one for so many channels, with PyTorch's constants. */
    public static BatchNorm2d of(long channels) {
        return of(channels, PYTORCH);
    }

    /** Makes one for so many channels. */
    public static BatchNorm2d of(long channels, Constants constants) {
        return Scope.call(() -> {
            BatchNormOptions options = new BatchNormOptions(channels);
            options.eps().put(constants.eps());
            options.momentum().put(new DoubleOptional(constants.momentum()));
            return new BatchNorm2d(new BatchNorm2dImpl(options));
        });
    }

    /** The scale per channel; a handle owned by the caller's scope. */
    public Tensor weight() {
        return norm.weight();
    }

    /** The shift per channel; a handle owned by the caller's scope. */
    public Tensor bias() {
        return norm.bias();
    }

    /** What evaluation multiplies each channel by: {@code weight / sqrt(running_var + eps)}, float64 {@code [C]}. */
    Tensor scale() {
        Tensor deviation = norm.running_var()
                .to(torch.ScalarType.Double)
                .add(new Scalar(norm.options().eps().get()))
                .sqrt();
        return norm.weight().to(torch.ScalarType.Double).div(deviation);
    }

    /** What evaluation subtracts from each channel before, float64 {@code [C]}. */
    Tensor mean() {
        return norm.running_mean().to(torch.ScalarType.Double);
    }

    /** Whether evaluation passes its input on, because the convolution in front of it does this layer's work. */
    void folded(boolean value) {
        folded = value;
    }

    @Override
    protected Tensor forward(Tensor input) {
        return folded && !norm.is_training() ? input : norm.forward(input);
    }
}
