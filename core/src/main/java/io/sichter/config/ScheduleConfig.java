package io.sichter.config;

import java.util.List;

/** How the learning rate moves from step to step. */
public record ScheduleConfig(
        @OneOf({
            "constant",
            "step",
            "multi_step",
            "exponential",
            "polynomial",
            "cosine",
            "cosine_restarts",
            "one_cycle",
            "plateau"
        })
        String name,

        @Range(min = 0, max = 1, exclusiveMin = true, exclusiveMax = true)
        double pctStart,

        @Range(min = 1) double divFactor,

        @Range(min = 1) double finalDivFactor,

        @Range(min = 0) double minLr,

        @OneOf({"pytorch", "fastai"}) String shape,

        @Range(min = 0, max = 1, exclusiveMin = true, exclusiveMax = true)
        List<Double> momentums,

        @Range(min = 1) int stepEpochs,

        @Range(min = 1) List<Integer> milestones,

        @Range(min = 0, max = 1, exclusiveMin = true, exclusiveMax = true)
        double gamma,

        @Range(min = 0, max = 1, exclusiveMin = true) double decay,

        @Range(min = 0, exclusiveMin = true) double power,

        @Range(min = 1) int restartEpochs,

        @Range(min = 1) int restartFactor,

        @Range(min = 0) int patience,

        @Range(min = 0) int cooldown,

        @Range(min = 0) double minDelta,

        @OneOf({"monitor", "train_loss", "train_accuracy", "train_f1_macro", "val_loss", "val_accuracy", "val_f1_macro"
        })
        String metric,

        @Range(min = 0) double warmupEpochs,

        @Range(min = 0, max = 1, exclusiveMin = true, exclusiveMax = true)
        double warmupStart) {
    /** Copies the lists. */
    public ScheduleConfig {
        momentums = List.copyOf(momentums);
        milestones = List.copyOf(milestones);
    }

    /** The section as it is when nothing was said. */
    public static ScheduleConfig defaults() {
        return new ScheduleConfig(
                "one_cycle",
                0.25,
                25,
                1e4,
                0,
                "pytorch",
                List.of(),
                10,
                List.of(),
                0.1,
                0.95,
                1,
                10,
                1,
                3,
                0,
                0,
                "monitor",
                0,
                0.01);
    }
}
