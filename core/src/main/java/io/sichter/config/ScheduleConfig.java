package io.sichter.config;

import java.util.List;

/** How the learning rate moves from step to step. */
public record ScheduleConfig(
        @Help("schedule over all steps of the run, or of each stage of train.progressive")
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

        @Help("one_cycle: share of the steps in which the rate rises")
        @Range(min = 0, max = 1, exclusiveMin = true, exclusiveMax = true)
        double pctStart,

        @Help("one_cycle: the first rate is lr divided by this") @Range(min = 1)
        double divFactor,

        @Help("one_cycle: the last rate is the first (shape pytorch) or lr (shape fastai) divided by this")
        @Range(min = 1)
        double finalDivFactor,

        @Help("cosine, cosine_restarts, polynomial: the last rate; plateau: the lowest") @Range(min = 0)
        double minLr,

        @Help("one_cycle: whose turning points, pytorch counts from step 0 to the last, fastai in shares of all steps")
        @OneOf({"pytorch", "fastai"})
        String shape,

        @Help("one_cycle: momentum (beta1) at the start, at the peak and at the end, such as [0.95, 0.85, 0.95];"
                + " empty leaves the optimizer's own")
        @Range(min = 0, max = 1, exclusiveMin = true, exclusiveMax = true)
        List<Double> momentums,

        @Help("step: epochs between two drops") @Range(min = 1)
        int stepEpochs,

        @Help("multi_step: the rate drops after so many epochs, ascending") @Range(min = 1)
        List<Integer> milestones,

        @Help("step, multi_step, plateau: a drop multiplies the rate by this")
        @Range(min = 0, max = 1, exclusiveMin = true, exclusiveMax = true)
        double gamma,

        @Help("exponential: every epoch multiplies the rate by this") @Range(min = 0, max = 1, exclusiveMin = true)
        double decay,

        @Help("polynomial: exponent") @Range(min = 0, exclusiveMin = true)
        double power,

        @Help("cosine_restarts: epochs of the first cycle") @Range(min = 1)
        int restartEpochs,

        @Help("cosine_restarts: each cycle is so many times longer than the one before") @Range(min = 1)
        int restartFactor,

        @Help("plateau: epochs without a gain that are waited for before a drop") @Range(min = 0)
        int patience,

        @Help("plateau: epochs after a drop in which none is counted") @Range(min = 0)
        int cooldown,

        @Help("plateau: a smaller change of the metric is no gain") @Range(min = 0)
        double minDelta,

        @Help("plateau: metric that is watched; monitor is train.monitor")
        @OneOf({"monitor", "train_loss", "train_accuracy", "train_f1_macro", "val_loss", "val_accuracy", "val_f1_macro"
        })
        String metric,

        @Help("epochs (3.5 is fine) in which the rate first rises evenly to where the schedule begins; 0 for none")
        @Range(min = 0)
        double warmupEpochs,

        @Help("the warm-up begins at this share of the rate it rises to")
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
