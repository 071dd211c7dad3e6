package io.sichter.config;

/** When a run ends before all its epochs are done. The bundle holds the best epoch in any case. */
public record EarlyStopConfig(
        @Help("epochs without a gain after which the run ends; 0 never ends it") @Range(min = 0)
        int patience,

        @Help("a smaller change of the metric is no gain") @Range(min = 0)
        double minDelta,

        @Help("metric that is watched; monitor is train.monitor")
        @OneOf({"monitor", "train_loss", "train_accuracy", "train_f1_macro", "val_loss", "val_accuracy", "val_f1_macro"
        })
        String metric) {
    /** The section as it is when nothing was said. */
    public static EarlyStopConfig defaults() {
        return new EarlyStopConfig(0, 0, "monitor");
    }
}
