package io.sichter.config;

/** Where the pictures are and what is done about bad ones. */
public record DataConfig(
        @Help("folder of pictures: root/{train,val[,test]}/<class>/* or root/<class>/*; empty until a command names it")
        String path,

        @Help("share of the pictures that validates, where the folder does not say")
        @Range(min = 0, max = 1, exclusiveMin = true, exclusiveMax = true)
        double valFraction,

        @Help("what to do about pictures that cannot be read: leave them out and list them, or refuse to start")
        @OneOf({"skip", "fail"})
        String badImages,

        @Help("share of bad pictures above which the run refuses to start") @Range(min = 0, max = 1)
        double maxBadFraction,

        @Help("largest picture that is decoded, in pixels") @Range(min = 1)
        long maxPixels) {
    /** The section as it is when nothing was said. */
    public static DataConfig defaults() {
        return new DataConfig("", 0.2, "skip", 0.01, 100_000_000);
    }
}
