package io.sichter.nn;

import org.bytedeco.pytorch.Module;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** max(x, 0), written over its input: for inputs that nothing else needs. */
public final class ReLU extends Layer {
    /** Makes one. */
    public ReLU() {
        super("ReLU", new Module("ReLU"));
    }

    @Override
    protected Tensor forward(Tensor input) {
        return torch.relu_(input);
    }
}
