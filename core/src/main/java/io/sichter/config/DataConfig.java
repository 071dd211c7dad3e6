package io.sichter.config;

/** Where the pictures are, how they are divided, and what is done about bad ones. */
public record DataConfig(
        String path,

        String split,

        @Range(min = 0, max = 1, exclusiveMin = true, exclusiveMax = true)
        double valFraction,

        @Range(min = 0, max = 1, exclusiveMax = true) double testFraction,

        @Range(min = 2, max = 1000) int folds,

        @Range(min = 0, max = 999) int fold,

        String groupBy,

        boolean keepDuplicatesTogether,

        @OneOf({"skip", "fail"}) String badImages,

        @Range(min = 0, max = 1) double maxBadFraction,

        @Range(min = 1) long maxPixels) {
    /** The section as it is when nothing was said. */
    public static DataConfig defaults() {
        return new DataConfig("", "stratified", 0.2, 0, 5, 0, "", false, "skip", 0.01, 100_000_000);
    }

    /** Whether a file says which picture is in which part. */
    public boolean splitsByFile() {
        return split.endsWith(".csv");
    }
}
