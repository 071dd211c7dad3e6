package io.sichter.config;

/** Which network, and for which pictures. */
public record ModelConfig(
        @Help("architecture, such as resnet18 or simple_cnn")
        String name,

        @Help("height and width of the pictures the network gets, in pixels") @Range(min = 1, max = 4096)
        int imageSize,

        @Help("channels of the pictures: 3 for colour") @Range(min = 1, max = 512)
        int channels) {
    /** The section as it is when nothing was said. */
    public static ModelConfig defaults() {
        return new ModelConfig("resnet18", 224, 3);
    }
}
