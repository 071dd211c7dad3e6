package io.sichter.nn;

import org.bytedeco.pytorch.Tensor;

/** A picture cut into square patches, each mapped to a row of numbers: {@code [N, C, H, W]} to {@code [N, patches, width]}. */
public final class PatchEmbedding extends Block {
    private final Conv2d proj;

    private PatchEmbedding(Conv2d proj) {
        super("PatchEmbed");
        this.proj = add("proj", proj);
    }

    /**
     * Makes one.
     *
     * @param width numbers per patch
     * @param patch height and width of a patch, pixels
     */
    public static PatchEmbedding of(long channels, long width, long patch) {
        return new PatchEmbedding(Conv2d.of(channels, width, patch, patch, 0, true));
    }

    @Override
    protected Tensor forward(Tensor input) {
        return proj.apply(input).flatten(2, -1).transpose(1, 2);
    }
}
