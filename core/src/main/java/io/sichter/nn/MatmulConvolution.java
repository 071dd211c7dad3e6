package io.sichter.nn;

import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/**
 * A convolution as one matrix product, for layers where oneDNN's own is slow in bfloat16.
 *
 * <p>oneDNN sums the gradient of the weights picture by picture into a float32 buffer of the weights' size. Where there
 * are many weights and few pixels that buffer does not fit into the cache and moves through memory once per picture:
 * 110 ms instead of 5 for 512 x 512 x 3 x 3 weights on 32 maps of 4 x 4. A product over all pixels of the batch sums in
 * registers. On two cores with AMX a layer's forward and backward pass took 2.3 to 4.5 times as long in oneDNN's
 * convolution from a million weights on, for 1x1 kernels 1.1 to 4.5 times; with AVX512-BF16 alone 1.0 to 1.8 times.
 * Below a million weights a 3x3 convolution is better left to oneDNN, which does not copy the pixels nine times.
 *
 * <p>The result differs from a convolution's by rounding: products are summed in float32 in both, but the gradient of
 * the input adds up its kernel positions in bfloat16.
 */
final class MatmulConvolution {
    /** From so many weights on a kernel larger than 1x1 is computed here. */
    private static final long MANY_WEIGHTS = 1 << 20;

    private static final int HEIGHT = 1;
    private static final int WIDTH = 2;

    private MatmulConvolution() {}

    /**
     * Whether it pays.
     *
     * @param weight {@code [out, in, k, k]}
     */
    static boolean isFaster(Tensor input, Tensor weight) {
        return input.is_cpu()
                && torch.is_autocast_enabled(torch.DeviceType.CPU)
                && torch.get_autocast_dtype(torch.DeviceType.CPU).intern() == torch.ScalarType.BFloat16
                && (weight.size(2) == 1 || weight.numel() >= MANY_WEIGHTS);
    }

    /**
     * Computes it.
     *
     * @param input {@code [N, in, H, W]}, best channels_last
     * @param weight {@code [out, in, k, k]}, best channels_last: it then is the matrix without a copy
     * @param bias {@code [out]}, or null
     * @return bfloat16 {@code [N, out, h, w]}, channels_last
     */
    static Tensor apply(Tensor input, Tensor weight, @Nullable Tensor bias, long stride, long padding) {
        long kernel = weight.size(2);
        Tensor pixels = input.permute(0, 2, 3, 1).to(torch.ScalarType.BFloat16);
        if (padding > 0) {
            pixels = torch.constant_pad_nd(
                    pixels, new long[] {0, 0, padding, padding, padding, padding}, new Scalar(0L));
        }
        // first the columns, then the rows of the kernel: the order in which channels_last weights lie in memory
        Tensor patches = shifted(shifted(pixels, WIDTH, kernel, stride), HEIGHT, kernel, stride);
        Tensor rows = patches.reshape(-1, patches.size(3));
        Tensor matrix = weight.permute(0, 2, 3, 1).reshape(weight.size(0), -1);
        Tensor product = torch.linear(rows, matrix, bias == null ? new TensorOptional() : new TensorOptional(bias));
        return product.view(patches.size(0), patches.size(HEIGHT), patches.size(WIDTH), weight.size(0))
                .permute(0, 3, 1, 2);
    }

    /** The picture shifted along one axis to each position of the kernel, side by side in the channels. */
    private static Tensor shifted(Tensor pixels, int axis, long kernel, long stride) {
        if (kernel == 1) {
            return stride == 1 ? pixels : every(pixels, axis, 0, pixels.size(axis), stride);
        }
        long last = (pixels.size(axis) - kernel) / stride * stride;
        TensorVector views = new TensorVector();
        for (long i = 0; i < kernel; i++) {
            views.push_back(every(pixels, axis, i, i + last + 1, stride));
        }
        return torch.cat(views, -1);
    }

    private static Tensor every(Tensor pixels, int axis, long start, long end, long stride) {
        return pixels.slice(axis, new LongOptional(start), new LongOptional(end), stride);
    }
}
