package io.sichter.config;

import java.util.List;

/** How long to train, how a step is made, and what counts as best. */
public record TrainConfig(
        @Help("passes over the training pictures") @Range(min = 1, max = 1_000_000)
        int epochs,

        @Help("metric of the validation split that decides which checkpoint is best")
        @OneOf({"val_loss", "val_accuracy", "val_f1_macro"})
        String monitor,

        @Help("batches whose gradients are gathered for one update; the last group of an epoch may be smaller")
        @Range(min = 1, max = 100_000)
        int accumulate,

        @Help("what is done to gradients that are too large: norm shortens all together, value cuts each number,"
                + " adaptive shortens them per unit beside its weights (timm's agc)")
        @OneOf({"none", "norm", "value", "adaptive"})
        String clip,

        @Help("what is too large: a norm (usually 1), a value, or the share of the weights' norm (usually 0.01)")
        @Range(min = 0, exclusiveMin = true)
        double clipAt,

        @Help("decay of the moving average of the weights, such as 0.9998; 0 keeps none; with one, it is the average"
                + " that is validated, kept as best and shipped")
        @Range(min = 0, max = 1, exclusiveMax = true)
        double ema,

        @Help("the average begins with a small decay that grows (timm's warm-up)")
        boolean emaWarmup,

        @Help("the last so many epochs are validated, kept as best and shipped with the mean of their weights; 0 for"
                + " none")
        @Range(min = 0)
        int averageLast,

        @Help("when loss or gradients are not finite: stop the run, skip the update, or rollback to the last checkpoint"
                + " and go on with half the rate (three times, then stop)")
        @OneOf({"stop", "skip", "rollback"})
        String nonFinite,

        @Help(
                "stages of growing pictures, SIZE:EPOCHS with :batch=N, :lr=X, :schedule=NAME behind where wanted, such as"
                        + " [128:5, 224:5]; each runs the schedule anew, the optimizer goes on; sets train.epochs and"
                        + " model.image_size, at which every epoch is validated")
        List<String> progressive) {
    /** Copies the list. */
    public TrainConfig {
        progressive = List.copyOf(progressive);
    }

    /** The section as it is when nothing was said. */
    public static TrainConfig defaults() {
        return new TrainConfig(5, "val_accuracy", 1, "none", 1, 0, true, 0, "stop", List.of());
    }

    /** The stages of {@link #progressive}. */
    public List<TrainStage> stages() {
        return progressive.stream().map(TrainStage::parse).toList();
    }
}
