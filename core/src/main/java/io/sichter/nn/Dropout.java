package io.sichter.nn;

import org.bytedeco.pytorch.Module;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * In training, sets a share of the numbers to 0 and scales the others so that the mean stays; nothing in evaluation
 * (Srivastava et al., 2014).
 */
public final class Dropout extends Layer {
    private final double share;

    /**
     * Makes one.
     *
     * @param share probability of each number to be dropped, 0 to 1
     */
    public Dropout(double share) {
        super("Dropout", new Module("Dropout"));
        this.share = share;
    }

    @Override
    public String settings() {
        return Double.toString(share);
    }

    @Override
    protected Tensor forward(Tensor input) {
        return share > 0 && module().is_training() ? torch.dropout(input, share, true) : input;
    }
}
