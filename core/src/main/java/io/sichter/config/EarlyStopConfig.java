package io.sichter.config;

/** When a run ends before all its epochs are done. The bundle holds the best epoch in any case. */
public record EarlyStopConfig(
        @Range(min = 0) int patience,

        @Range(min = 0) double minDelta,

        @OneOf({"monitor", "train_loss", "train_accuracy", "train_f1_macro", "val_loss", "val_accuracy", "val_f1_macro"
        })
        String metric) {
    /** The section as it is when nothing was said. */
    public static EarlyStopConfig defaults() {
        return new EarlyStopConfig(0, 0, "monitor");
    }
}
