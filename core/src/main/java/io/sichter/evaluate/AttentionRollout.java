package io.sichter.evaluate;

import io.sichter.error.Problem;
import io.sichter.error.UsageException;
import io.sichter.model.Classifier;
import io.sichter.model.ModelInput;
import io.sichter.nn.ForwardTrace;
import io.sichter.tensor.NoGrad;
import io.sichter.tensor.Scope;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * What the class token of a vision transformer hears of each patch: the attention of all layers multiplied, half of each
 * being the token itself, which the shortcut passes on (Abnar and Zuidema, "Quantifying Attention Flow in Transformers",
 * 2020). It is the same for every class.
 */
final class AttentionRollout {
    private static final int HEAD_WIDTH = 64; // of all transformers here, as in timm

    private final Classifier model;

    AttentionRollout(Classifier model) {
        this.model = model;
    }

    /** Whether a network has attention to follow. */
    static boolean fits(Classifier model) {
        return model.architecture().startsWith("vit_");
    }

    /**
     * Makes a map of one picture {@code [1, C, H, W]}.
     *
     * @throws UsageException if the network is no transformer
     */
    Saliency map(Tensor input) {
        if (!fits(model)) {
            throw new UsageException(Problem.of("explain.no_attention", model.architecture()));
        }
        return Scope.call(() -> NoGrad.call(() -> {
            Tensor rolled = null;
            for (Tensor attention : attentions(input)) {
                Tensor self = torch.eye(attention.size(1)).to(attention.device(), attention.scalar_type());
                Tensor half = attention.squeeze(0).add(self).mul(new Scalar(0.5));
                rolled = rolled == null ? half : half.matmul(rolled);
            }
            if (rolled == null) {
                throw new IllegalStateException("No attention in " + model.architecture());
            }
            Tensor patches = rolled.select(0, 0).narrow(0, 1, rolled.size(0) - 1);
            long side = Math.round(Math.sqrt((double) patches.numel()));
            long[] size = {input.size(2), input.size(3)};
            Tensor large = torch.upsample_bilinear2d(patches.reshape(1, 1, side, side), size, false);
            return Saliency.of((int) size[0], (int) size[1], ActivationMaps.doubles(large));
        }));
    }

    /** Of every layer the mean of its heads, {@code [1, tokens, tokens]}. */
    private List<Tensor> attentions(Tensor input) {
        List<Tensor> found = new ArrayList<>();
        long width = model.features(new ModelInput(input)).size(1);
        try (ForwardTrace trace = ForwardTrace.watch(output -> {
            if (output.dim() == 3 && output.size(2) == 3 * width) { // queries, keys and values beside each other
                found.add(attention(output, width));
            }
            return false;
        })) {
            model.forward(new ModelInput(input));
            if (trace.entries().isEmpty()) {
                throw new IllegalStateException("The network computed no layers");
            }
        }
        return found;
    }

    private static Tensor attention(Tensor qkv, long width) {
        long heads = width / HEAD_WIDTH;
        Tensor parts =
                qkv.reshape(qkv.size(0), qkv.size(1), 3, heads, HEAD_WIDTH).permute(2, 0, 3, 1, 4);
        Tensor scores =
                parts.select(0, 0).matmul(parts.select(0, 1).transpose(-2, -1)).div(new Scalar(Math.sqrt(HEAD_WIDTH)));
        return torch.softmax(scores, -1).mean(new long[] {1}, false, new org.bytedeco.pytorch.ScalarTypeOptional());
    }
}
