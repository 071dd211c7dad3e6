package io.sichter.config;

/** Where the pictures are and what is done about bad ones. */
public record DataConfig(
        String path,

        @Range(min = 0, max = 1, exclusiveMin = true, exclusiveMax = true)
        double valFraction,

        @OneOf({"skip", "fail"}) String badImages,

        @Range(min = 0, max = 1) double maxBadFraction,

        @Range(min = 1) long maxPixels) {
    /** The section as it is when nothing was said. */
    public static DataConfig defaults() {
        return new DataConfig("", 0.2, "skip", 0.01, 100_000_000);
    }
}
