package io.sichter.config;

/** Which network, and for which pictures. */
public record ModelConfig(
        String name,

        @Range(min = 1, max = 4096) int imageSize,

        @Range(min = 1, max = 512) int channels) {
    /** The section as it is when nothing was said. */
    public static ModelConfig defaults() {
        return new ModelConfig("resnet18", 224, 3);
    }
}
