package io.sichter.nn;

import org.bytedeco.pytorch.GeneratorOptional;
import org.bytedeco.pytorch.Module;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * In training, leaves out a residual branch for a share of the pictures of a batch and scales it for the others; nothing
 * in evaluation (Huang et al., "Deep Networks with Stochastic Depth", 2016). Drawn from libtorch's generator: one
 * number per picture.
 */
public final class StochasticDepth extends Layer {
    private final double share;

    /**
     * Makes one.
     *
     * @param share probability of each picture to go without the branch, 0 to below 1
     */
    public StochasticDepth(double share) {
        super("StochasticDepth", new Module("StochasticDepth"));
        this.share = share;
    }

    /**
     * The shares of all branches of a network, from 0 at the first upwards.
     *
     * @param deepest what the line reaches at {@code steps}
     * @param steps branches to the end of the line; torchvision's EfficientNet counts one more than there are
     */
    public static double[] line(double deepest, int branches, int steps) {
        double[] shares = new double[branches];
        for (int i = 0; i < branches; i++) {
            shares[i] = deepest * i / Math.max(1, steps);
        }
        return shares;
    }

    @Override
    protected Tensor forward(Tensor input) {
        if (share == 0 || !module().is_training()) {
            return input;
        }
        long[] shape = new long[(int) input.dim()];
        java.util.Arrays.fill(shape, 1);
        shape[0] = input.size(0);
        Tensor kept = input.new_empty(shape)
                .bernoulli_(1 - share, new GeneratorOptional())
                .div_(new Scalar(1 - share));
        return input.mul(kept);
    }
}
