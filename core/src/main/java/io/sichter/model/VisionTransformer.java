package io.sichter.model;

import io.sichter.error.Problem;
import io.sichter.error.UsageException;
import io.sichter.nn.Conv2d;
import io.sichter.nn.Dropout;
import io.sichter.nn.Initial;
import io.sichter.nn.Layer;
import io.sichter.nn.LayerNorm;
import io.sichter.nn.Linear;
import io.sichter.nn.PatchEmbedding;
import io.sichter.nn.Sequential;
import io.sichter.nn.StochasticDepth;
import io.sichter.nn.TransformerBlock;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * Vision transformers, tiny and small, on patches of 16 pixels, as timm builds them (Dosovitskiy et al., "An Image is
 * Worth 16x16 Words", 2021; sizes of Touvron et al., "Training data-efficient image transformers", 2021). Pictures of
 * other sizes than 224 pixels get as many positions as they have patches.
 */
final class VisionTransformer extends Classifier {
    private static final int PATCH = 16;
    private static final int DEPTH = 12;
    private static final int HEAD_WIDTH = 64;

    private final Tensor classToken;
    private final Tensor positions;
    private final PatchEmbedding patches;
    private final Sequential blocks;
    private final LayerNorm norm;
    private final Dropout dropout;
    private final Linear head;

    VisionTransformer(String name, ModelOptions options) {
        super(name, options.numClasses());
        int size = options.imageSize();
        if (size % PATCH != 0) {
            throw new UsageException(Problem.of(
                    "model.patches",
                    name,
                    Integer.toString(size),
                    Integer.toString(PATCH),
                    Integer.toString(Math.max(1, Math.round((float) size / PATCH)) * PATCH)));
        }
        int width = name.startsWith("vit_tiny") ? 192 : 384;
        long count = (long) (size / PATCH) * (size / PATCH);
        patches = PatchEmbedding.of(options.channels(), width, PATCH);
        classToken = parameter("cls_token", torch.zeros(1, 1, width));
        positions = parameter("pos_embed", torch.zeros(1, count + 1, width));
        add("patch_embed", patches);
        blocks = add("blocks", blocks(width, options.dropPath().orElse(0)));
        norm = add("norm", LayerNorm.of(width));
        dropout = add("head_drop", new Dropout(options.dropout().orElse(0)));
        head = add("head", Linear.of(width, options.numClasses()));
        Initial.truncatedNormal(positions, 0.02);
        Initial.normal(classToken, 1e-6);
        initialise(weighted -> {
            if (!(weighted instanceof Conv2d)) {
                Initial.truncatedNormal(weighted.weight(), 0.02);
                weighted.zeroBias();
            }
        });
    }

    private static Sequential blocks(int width, double dropPath) {
        double[] shares = StochasticDepth.line(dropPath, DEPTH, DEPTH - 1);
        List<Layer> layers = new ArrayList<>();
        for (double share : shares) {
            layers.add(new TransformerBlock(width, width / HEAD_WIDTH, share));
        }
        return new Sequential(layers);
    }

    @Override
    public Tensor forward(ModelInput input) {
        Tensor first = tokens(input).select(1, 0);
        return head.apply(dropout.apply(first));
    }

    /** The tokens of the patches as maps. */
    @Override
    public Tensor features(ModelInput input) {
        Tensor tokens = tokens(input);
        long side = input.images().size(2) / PATCH;
        return tokens.narrow(1, 1, side * side).transpose(1, 2).reshape(tokens.size(0), tokens.size(2), side, side);
    }

    /** {@code [N, 1 + patches, width]}: the class token, then the patches row by row. */
    private Tensor tokens(ModelInput input) {
        Tensor embedded = patches.apply(input.images());
        Tensor first = classToken.to(embedded.scalar_type()).expand(embedded.size(0), -1, -1);
        Tensor x = torch.cat(new TensorVector(first, embedded), 1).add(positions);
        return norm.apply(blocks.apply(x));
    }

    @Override
    public List<List<String>> layerGroups() {
        return groupsFrom(List.of("cls_token", "blocks.0.", "blocks.3.", "blocks.6.", "blocks.9.", "norm.", "head."));
    }

    @Override
    protected String layerPattern() {
        return "blocks\\.\\d+\\.";
    }

    @Override
    protected String headFrom() {
        return "head_drop";
    }
}
