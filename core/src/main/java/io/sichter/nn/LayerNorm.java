package io.sichter.nn;

import io.sichter.tensor.Scope;
import org.bytedeco.pytorch.Module;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/**
 * Normalisation over the channels of each position. Parameters {@code weight} (1) and {@code bias} (0) (Ba et al.,
 * "Layer Normalization", 2016).
 */
public final class LayerNorm extends Layer {
    private static final double EPS = 1e-6; // ConvNeXt's and ViT's; PyTorch's own default is 1e-5

    private final Tensor weight;
    private final Tensor bias;
    private final boolean maps;

    private LayerNorm(String type, Module module, long channels, boolean maps) {
        super(type, module);
        weight = parameter("weight", torch.ones(channels));
        bias = parameter("bias", torch.zeros(channels));
        this.maps = maps;
    }

    /** For {@code [..., C]}, with eps 1e-6. */
    public static LayerNorm of(long channels) {
        return Scope.call(() -> new LayerNorm("LayerNorm", new Module("LayerNorm"), channels, false));
    }

    /** For maps {@code [N, C, H, W]}, with eps 1e-6. */
    public static LayerNorm ofMaps(long channels) {
        return Scope.call(() -> new LayerNorm("LayerNorm2d", new Module("LayerNorm2d"), channels, true));
    }

    @Override
    protected Tensor forward(Tensor input) {
        // channels_last maps become rows of channels without a copy
        return maps ? normalised(input.permute(0, 2, 3, 1)).permute(0, 3, 1, 2) : normalised(input);
    }

    private Tensor normalised(Tensor rows) {
        return torch.layer_norm(rows, weight.shape(), new TensorOptional(weight), new TensorOptional(bias), EPS, false);
    }

    @Override
    public void close() {
        weight.close();
        bias.close();
        super.close();
    }
}
