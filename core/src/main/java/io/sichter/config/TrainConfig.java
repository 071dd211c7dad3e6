package io.sichter.config;

/** How long to train, and what counts as best. */
public record TrainConfig(
        @Help("passes over the training pictures") @Range(min = 1, max = 1_000_000)
        int epochs,

        @Help("metric of the validation split that decides which checkpoint is best")
        @OneOf({"val_loss", "val_accuracy", "val_f1_macro"})
        String monitor) {
    /** The section as it is when nothing was said. */
    public static TrainConfig defaults() {
        return new TrainConfig(5, "val_accuracy");
    }
}
