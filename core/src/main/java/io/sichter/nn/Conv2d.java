package io.sichter.nn;

import io.sichter.tensor.Scope;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.pytorch.Conv2dImpl;
import org.bytedeco.pytorch.Conv2dOptions;
import org.bytedeco.pytorch.FanModeType;
import org.bytedeco.pytorch.Nonlinearity;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.kFanOut;
import org.bytedeco.pytorch.kReLU;

/** A convolution with a square kernel and zero padding. Parameters {@code weight} [out, in, k, k] and {@code bias}. */
public final class Conv2d extends Layer {
    private final Conv2dImpl conv;
    private final long stride;
    private final long padding;
    private final boolean bias;

    private Conv2d(Conv2dImpl conv, long stride, long padding, boolean bias) {
        super("Conv2d", conv);
        this.conv = conv;
        this.stride = stride;
        this.padding = padding;
        this.bias = bias;
    }

    /**
     * Makes one with PyTorch's initial weights, drawn from libtorch's generator: uniform in
     * {@code +-1/sqrt(in * kernel * kernel)}, weight and bias.
     *
     * @param in channels of the input
     * @param out channels of the output
     * @param kernel height and width of the kernel
     * @param stride step of the kernel
     * @param padding zeros added on each side
     */
    public static Conv2d of(long in, long out, long kernel, long stride, long padding, boolean bias) {
        return Scope.call(() -> {
            boolean empty = Skeleton.isOpen();
            Conv2dOptions options = new Conv2dOptions(empty ? 1 : in, empty ? 1 : out, new LongPointer(kernel, kernel));
            // put(a, b) would be (index, value): lengths are set from a pointer
            options.stride().put(new LongPointer(stride, stride));
            options.padding().put(new LongPointer(padding, padding));
            options.bias().put(bias);
            Conv2dImpl conv = new Conv2dImpl(options);
            if (empty) {
                Skeleton.resize(conv.weight(), out, in, kernel, kernel);
                if (bias) {
                    Skeleton.resize(conv.bias(), out);
                }
            }
            return new Conv2d(conv, stride, padding, bias);
        });
    }

    /**
     * Draws the weights again: normal with variance {@code 2 / (out * kernel * kernel)}, which keeps the size of the
     * gradients under ReLU (He et al., "Delving Deep into Rectifiers", 2015; mode fan_out).
     */
    public void kaimingNormalFanOut() {
        if (Skeleton.isOpen()) {
            return;
        }
        Scope.run(() ->
                torch.kaiming_normal_(conv.weight(), 0, new FanModeType(new kFanOut()), new Nonlinearity(new kReLU())));
    }

    @Override
    protected Tensor forward(Tensor input) {
        Tensor weight = conv.weight();
        return MatmulConvolution.isFaster(input, weight)
                ? MatmulConvolution.apply(input, weight, bias ? conv.bias() : null, stride, padding)
                : conv.forward(input);
    }
}
