package io.sichter.config;

/** When the state of a run is saved; it is always saved at the end of an epoch and when the run is interrupted. */
public record CheckpointConfig(
        @Help("also save in the middle of an epoch after so many minutes; 0 never does") @Range(min = 0)
        double everyMinutes,

        @Help("also save after every so many steps; 0 never does") @Range(min = 0)
        int everySteps,

        @Help("checkpoints kept besides the best one") @Range(min = 2, max = 1000)
        int keep) {
    /** The section as it is when nothing was said. */
    public static CheckpointConfig defaults() {
        return new CheckpointConfig(5, 0, 2);
    }
}
