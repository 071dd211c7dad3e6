package io.sichter.nn;

import io.sichter.tensor.Scope;
import java.util.Optional;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.pytorch.Conv2dImpl;
import org.bytedeco.pytorch.Conv2dOptions;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/**
 * A convolution with a square kernel and zero padding. Parameters {@code weight} [out, in / groups, k, k] and
 * {@code bias}.
 */
public final class Conv2d extends Weighted {
    /** For the padding: as many zeros as TensorFlow's SAME adds, which depends on the size of the picture. */
    private static final long SAME = -1;

    private final Conv2dImpl conv;
    private final long kernel;
    private final long stride;
    private final long padding;
    private final long groups;
    private final boolean bias;
    private @Nullable Folded folded;

    /** What takes the place of the parameters in evaluation. */
    private record Folded(Tensor weight, Tensor bias) {}

    private Conv2d(Conv2dImpl conv, long kernel, long stride, long padding, long groups, boolean bias) {
        super("Conv2d", conv);
        this.conv = conv;
        this.kernel = kernel;
        this.stride = stride;
        this.padding = padding;
        this.groups = groups;
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
        return grouped(in, out, kernel, stride, padding, 1, bias);
    }

    /** Like {@link #of}, each group of input channels for itself; as many groups as channels make it depthwise. */
    public static Conv2d grouped(long in, long out, long kernel, long stride, long padding, long groups, boolean bias) {
        return Scope.call(() -> {
            boolean empty = Skeleton.isOpen();
            long perGroup = in / groups;
            Conv2dOptions options = new Conv2dOptions(empty ? 1 : in, empty ? 1 : out, new LongPointer(kernel, kernel));
            // put(a, b) would be (index, value): lengths are set from a pointer
            options.stride().put(new LongPointer(stride, stride));
            if (padding != SAME) {
                options.padding().put(new LongPointer(padding, padding));
            }
            options.bias().put(bias);
            Conv2dImpl conv;
            if (empty) {
                conv = new Conv2dImpl(options);
                conv.options().groups().put(groups); // one channel cannot be made in groups
                Skeleton.resize(conv.weight(), out, perGroup, kernel, kernel);
                if (bias) {
                    Skeleton.resize(conv.bias(), out);
                }
            } else {
                options.groups().put(groups);
                conv = new Conv2dImpl(options);
            }
            return new Conv2d(conv, kernel, stride, padding, groups, bias);
        });
    }

    /**
     * Like {@link #grouped} without a bias, padded as TensorFlow's SAME: {@code ceil(size / stride)} outputs, and of an
     * odd number of zeros the greater part at the lower right.
     */
    public static Conv2d same(long in, long out, long kernel, long stride, long groups) {
        return grouped(in, out, kernel, stride, stride == 1 ? kernel / 2 : SAME, groups, false);
    }

    /** Number of groups of channels. */
    public long groups() {
        return groups;
    }

    @Override
    public Optional<Window> window() {
        return Optional.of(
                padding == SAME
                        ? new Window(kernel, stride, 0, Window.Rounding.SAME)
                        : new Window(kernel, stride, padding, Window.Rounding.DOWN));
    }

    @Override
    public String settings() {
        return super.settings() + (groups == 1 ? "" : ", groups " + groups);
    }

    @Override
    public Tensor weight() {
        return conv.weight();
    }

    @Override
    public @Nullable Tensor bias() {
        return bias ? conv.bias() : null;
    }

    /**
     * From now on does, in evaluation, the work of the batch norm that follows it as well, as both stand now. Their
     * parameters stay what they are; where these are changed, it must be folded again.
     */
    public void fold(BatchNorm2d norm) {
        unfold();
        Scope.run(() -> {
            Tensor weight = conv.weight();
            Tensor scale = norm.scale();
            Tensor before = bias ? conv.bias().to(torch.ScalarType.Double) : torch.zeros_like(scale);
            Tensor shifted = before.sub(norm.mean()).mul(scale).add(norm.bias().to(torch.ScalarType.Double));
            Tensor scaled = weight.to(torch.ScalarType.Double).mul(scale.view(-1, 1, 1, 1));
            folded = new Folded(
                    Scope.release(scaled.to(weight.scalar_type()).contiguous(weight.suggest_memory_format())),
                    Scope.release(shifted.to(weight.scalar_type())));
        });
        norm.folded(true);
    }

    /** Undoes {@link #fold}. The batch norm is not told. */
    private void unfold() {
        Folded known = folded;
        folded = null;
        if (known != null) {
            known.weight().close();
            known.bias().close();
        }
    }

    /** Undoes {@link #fold}. */
    public void unfold(BatchNorm2d norm) {
        unfold();
        norm.folded(false);
    }

    @Override
    public void close() {
        unfold();
        super.close();
    }

    @Override
    protected Tensor forward(Tensor input) {
        Folded known = folded;
        Tensor x = padding == SAME ? padded(input) : input;
        if (known == null || conv.is_training()) {
            return isProduct(x, conv.weight())
                    ? MatmulConvolution.apply(x, conv.weight(), bias(), stride, padding)
                    : conv.forward(x);
        }
        if (isProduct(x, known.weight())) {
            return MatmulConvolution.apply(x, known.weight(), known.bias(), stride, padding);
        }
        long zeros = padding == SAME ? 0 : padding;
        return torch.conv2d(
                x,
                known.weight(),
                new TensorOptional(known.bias()),
                new long[] {stride, stride},
                new long[] {zeros, zeros},
                new long[] {1, 1},
                groups);
    }

    private boolean isProduct(Tensor input, Tensor weight) {
        return padding != SAME && groups == 1 && MatmulConvolution.isFaster(input, weight);
    }

    private Tensor padded(Tensor input) {
        long down = missing(input.size(2));
        long right = missing(input.size(3));
        if (down == 0 && right == 0) {
            return input;
        }
        long[] zeros = {right / 2, right - right / 2, down / 2, down - down / 2};
        return torch.constant_pad_nd(input, zeros, new Scalar(0L));
    }

    private long missing(long size) {
        long outputs = (size + stride - 1) / stride;
        return Math.max(0, (outputs - 1) * stride + kernel - size);
    }
}
