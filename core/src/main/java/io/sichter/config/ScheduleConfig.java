package io.sichter.config;

/** How the learning rate moves from step to step. */
public record ScheduleConfig(
        @Help("schedule over all steps of the run") @OneOf({"constant", "cosine", "one_cycle"})
        String name,

        @Help("one_cycle: share of the steps in which the rate rises")
        @Range(min = 0, max = 1, exclusiveMin = true, exclusiveMax = true)
        double pctStart,

        @Help("one_cycle: the first rate is lr divided by this") @Range(min = 1)
        double divFactor,

        @Help("one_cycle: the last rate is the first divided by this") @Range(min = 1)
        double finalDivFactor,

        @Help("cosine: the last rate") @Range(min = 0) double minLr) {
    /** The section as it is when nothing was said. */
    public static ScheduleConfig defaults() {
        return new ScheduleConfig("one_cycle", 0.25, 25, 1e4, 0);
    }
}
