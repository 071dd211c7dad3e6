package io.sichter.config;

/** When the state of a run is saved; it is always saved at the end of an epoch and when the run is interrupted. */
public record CheckpointConfig(
        @Range(min = 0) double everyMinutes,

        @Range(min = 0) int everySteps,

        @Range(min = 2, max = 1000) int keep) {
    /** The section as it is when nothing was said. */
    public static CheckpointConfig defaults() {
        return new CheckpointConfig(5, 0, 2);
    }
}
