package io.sichter.nn;

import io.sichter.tensor.NoGrad;
import io.sichter.tensor.Scope;
import org.bytedeco.pytorch.FanModeType;
import org.bytedeco.pytorch.GeneratorOptional;
import org.bytedeco.pytorch.Nonlinearity;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.kFanIn;
import org.bytedeco.pytorch.kFanOut;
import org.bytedeco.pytorch.kLeakyReLU;
import org.bytedeco.pytorch.kReLU;

/**
 * Initial weights, drawn from libtorch's generator as {@code torch.nn.init} draws them: the same seed gives PyTorch's
 * numbers. Nothing is drawn for a {@link Skeleton}.
 */
public final class Initial {
    private Initial() {}

    /**
     * Normal with variance {@code 2 / (out * kernel * kernel)}, which keeps the size of the gradients under ReLU (He et
     * al., "Delving Deep into Rectifiers", 2015; mode fan_out).
     */
    public static void kaimingNormalFanOut(Tensor weight) {
        draw(() -> torch.kaiming_normal_(weight, 0, new FanModeType(new kFanOut()), new Nonlinearity(new kReLU())));
    }

    /** The same for a convolution in groups, of whose outputs each input reaches only those of its own. */
    public static void kaimingNormalFanOut(Tensor weight, long groups) {
        double reached = (double) weight.numel() / weight.size(1) / groups;
        normal(weight, Math.sqrt(2 / reached));
    }

    /** Normal with variance {@code 2 / (in * kernel * kernel)} (the same; mode fan_in, PyTorch's default). */
    public static void kaimingNormalFanIn(Tensor weight) {
        draw(() -> torch.kaiming_normal_(weight, 0, new FanModeType(new kFanIn()), new Nonlinearity(new kLeakyReLU())));
    }

    /** Uniform with variance {@code 2 / (in * kernel * kernel)} (the same; mode fan_in, PyTorch's default). */
    public static void kaimingUniformFanIn(Tensor weight) {
        draw(() ->
                torch.kaiming_uniform_(weight, 0, new FanModeType(new kFanIn()), new Nonlinearity(new kLeakyReLU())));
    }

    /** Normal around 0. */
    public static void normal(Tensor weight, double std) {
        draw(() -> torch.normal_(weight, 0, std));
    }

    /** Normal around 0, cut at -2 and 2: uniform numbers through the inverse of the error function, as timm does it. */
    public static void truncatedNormal(Tensor weight, double std) {
        draw(() -> weight.uniform_(-1, 1, new GeneratorOptional())
                .erfinv_()
                .mul_(new Scalar(std * Math.sqrt(2)))
                .clamp_(new ScalarOptional(new Scalar(-2.0)), new ScalarOptional(new Scalar(2.0))));
    }

    /** Uniform between {@code -bound} and {@code bound}. */
    public static void uniform(Tensor weight, double bound) {
        draw(() -> torch.uniform_(weight, -bound, bound));
    }

    /** The same number everywhere. */
    public static void fill(Tensor weight, double value) {
        NoGrad.run(() -> Scope.run(() -> weight.fill_(new Scalar(value))));
    }

    private static void draw(Runnable drawing) {
        if (!Skeleton.isOpen()) {
            NoGrad.run(() -> Scope.run(drawing));
        }
    }
}
