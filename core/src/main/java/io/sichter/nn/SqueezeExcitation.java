package io.sichter.nn;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Scales each channel by a number that two 1x1 convolutions make of the means of all channels (Hu et al.,
 * "Squeeze-and-Excitation Networks", 2018).
 */
public final class SqueezeExcitation extends Block {
    private final Conv2d reduce;
    private final Activation activation;
    private final Conv2d expand;
    private final Activation gate;

    /**
     * The names that a reference gives the two convolutions.
     *
     * @param reduce of the first
     * @param expand of the second
     */
    public record Names(String reduce, String expand) {
        /** torchvision's. */
        public static final Names TORCHVISION = new Names("fc1", "fc2");

        /** timm's. */
        public static final Names TIMM = new Names("conv_reduce", "conv_expand");
    }

    /**
     * Makes one.
     *
     * @param squeezed channels between the two convolutions
     * @param gate maps to 0..1
     */
    public SqueezeExcitation(long channels, long squeezed, Activation activation, Activation gate, Names names) {
        super("SqueezeExcitation");
        this.activation = activation;
        this.gate = gate;
        reduce = add(names.reduce(), Conv2d.of(channels, squeezed, 1, 1, 0, true));
        expand = add(names.expand(), Conv2d.of(squeezed, channels, 1, 1, 0, true));
    }

    @Override
    protected Tensor forward(Tensor input) {
        Tensor means = torch.adaptive_avg_pool2d(input, 1, 1);
        Tensor scale = gate.apply(expand.apply(activation.apply(reduce.apply(means))));
        return input.mul(scale);
    }
}
