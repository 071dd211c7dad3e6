package io.sichter.nn;

import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Self-attention, then two linear layers with GELU between them; each behind a layer norm and around it a shortcut
 * (Vaswani et al., "Attention Is All You Need", 2017; pre-norm as in ViT). Names are timm's.
 */
public final class TransformerBlock extends Block {
    private static final int MLP_RATIO = 4;

    private final LayerNorm norm1;
    private final Attention attention;
    private final LayerNorm norm2;
    private final Mlp mlp;
    private final StochasticDepth depth1;
    private final StochasticDepth depth2;

    /**
     * Makes one.
     *
     * @param width numbers per token
     * @param heads parts that attend on their own
     * @param dropPath see {@link StochasticDepth}
     */
    public TransformerBlock(long width, long heads, double dropPath) {
        super("Block");
        norm1 = add("norm1", LayerNorm.of(width));
        attention = add("attn", new Attention(width, heads));
        depth1 = add("drop_path1", new StochasticDepth(dropPath));
        norm2 = add("norm2", LayerNorm.of(width));
        mlp = add("mlp", new Mlp(width));
        depth2 = add("drop_path2", new StochasticDepth(dropPath));
    }

    @Override
    protected Tensor forward(Tensor input) {
        Tensor x = input.add(depth1.apply(attention.apply(norm1.apply(input))));
        return x.add(depth2.apply(mlp.apply(norm2.apply(x))));
    }

    /** Every token asks all tokens. */
    private static final class Attention extends Block {
        private final long heads;
        private final Linear qkv;
        private final Linear proj;

        Attention(long width, long heads) {
            super("Attention");
            this.heads = heads;
            qkv = add("qkv", Linear.of(width, 3 * width));
            proj = add("proj", Linear.of(width, width));
        }

        /** Every query with every key, and the weights that come of it with every value. */
        @Override
        public long multiplyAdds(List<Long> input, List<Long> output) {
            long tokens = input.get(1);
            return 2 * tokens * tokens * input.get(2) * input.get(0);
        }

        @Override
        protected Tensor forward(Tensor input) {
            long n = input.size(0);
            long tokens = input.size(1);
            long width = input.size(2);
            // queries, keys and values, each [n, heads, tokens, width / heads]
            Tensor all =
                    qkv.apply(input).reshape(n, tokens, 3, heads, width / heads).permute(2, 0, 3, 1, 4);
            Tensor heard = torch.scaled_dot_product_attention(all.select(0, 0), all.select(0, 1), all.select(0, 2));
            return proj.apply(heard.transpose(1, 2).reshape(n, tokens, width));
        }
    }

    /** Each token for itself. */
    private static final class Mlp extends Block {
        private final Linear fc1;
        private final Linear fc2;

        Mlp(long width) {
            super("Mlp");
            fc1 = add("fc1", Linear.of(width, MLP_RATIO * width));
            fc2 = add("fc2", Linear.of(MLP_RATIO * width, width));
        }

        @Override
        protected Tensor forward(Tensor input) {
            return fc2.apply(Activation.GELU.apply(fc1.apply(input)));
        }
    }
}
