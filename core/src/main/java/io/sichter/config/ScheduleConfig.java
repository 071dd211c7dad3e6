package io.sichter.config;

/** How the learning rate moves from step to step. */
public record ScheduleConfig(
        @OneOf({"constant", "cosine", "one_cycle"}) String name,

        @Range(min = 0, max = 1, exclusiveMin = true, exclusiveMax = true)
        double pctStart,

        @Range(min = 1) double divFactor,

        @Range(min = 1) double finalDivFactor,

        @Range(min = 0) double minLr) {
    /** The section as it is when nothing was said. */
    public static ScheduleConfig defaults() {
        return new ScheduleConfig("one_cycle", 0.25, 25, 1e4, 0);
    }
}
