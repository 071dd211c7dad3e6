package io.sichter.config;

/** How long to train, on which loss, and what counts as best. */
public record TrainConfig(
        @Range(min = 1, max = 1_000_000) int epochs,

        @OneOf("cross_entropy") String loss,

        @OneOf({"val_loss", "val_accuracy", "val_f1_macro"}) String monitor) {
    /** The section as it is when nothing was said. */
    public static TrainConfig defaults() {
        return new TrainConfig(5, "cross_entropy", "val_accuracy");
    }
}
