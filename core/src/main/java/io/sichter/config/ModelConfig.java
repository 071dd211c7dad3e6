package io.sichter.config;

import java.util.List;

/** Which network, and for which pictures. */
public record ModelConfig(
        String name,

        @Range(min = 1, max = 4096) int imageSize,

        @Range(min = 1, max = 512) int channels,

        @OneOf({"auto", "imagenet", "small"}) String stem,

        @Range(min = -1, max = 1, exclusiveMax = true) double dropout,

        @Range(min = -1, max = 1, exclusiveMax = true) double dropPath,

        @OneOf({"usual", "keras"}) String norm,

        String weights,

        @OneOf({"exact", "sum", "spread"}) String inputWeights,

        @OneOf({"linear", "concat_pool"}) String head,

        @OneOf({"new", "published"}) String headWeights,

        List<LayerSpec> layers) {
    /** For {@link #dropout} and {@link #dropPath}: the network's own. */
    public static final double OWN = -1;

    /** For {@link #weights}: drawn at random. */
    public static final String NO_WEIGHTS = "none";

    /** For {@link #weights}: those that are published for the architecture, from the cache or the network. */
    public static final String IMAGENET_WEIGHTS = "imagenet";

    /** For {@link #name}: the network is {@link #layers}. */
    public static final String OWN_LAYERS = "layers";

    /** Copies the list. */
    public ModelConfig {
        layers = List.copyOf(layers);
    }

    /** A network as published, with fresh weights. */
    public ModelConfig(String name, int imageSize, int channels) {
        this(name, imageSize, channels, "auto", OWN, OWN, "usual", NO_WEIGHTS, "exact", "linear", "new", List.of());
    }

    /** The section as it is when nothing was said. */
    public static ModelConfig defaults() {
        return new ModelConfig("resnet18", 224, 3);
    }

    /** Whether the first weights are published ones. */
    public boolean hasWeights() {
        return !weights.equals(NO_WEIGHTS);
    }
}
