package io.sichter.config;

import java.util.List;

/** How long to train, how a step is made, and what counts as best. */
public record TrainConfig(
        @Range(min = 1, max = 1_000_000) int epochs,

        @OneOf({"val_loss", "val_accuracy", "val_f1_macro"}) String monitor,

        @Range(min = 1, max = 100_000) int accumulate,

        @OneOf({"none", "norm", "value", "adaptive"}) String clip,

        @Range(min = 0, exclusiveMin = true) double clipAt,

        @Range(min = 0, max = 1, exclusiveMax = true) double ema,

        boolean emaWarmup,

        @Range(min = 0) int averageLast,

        @OneOf({"stop", "skip", "rollback"}) String nonFinite,

        List<String> progressive,
        String start) {
    /** For {@link #start}: fresh weights, or those that {@code model.weights} names. */
    public static final String NO_START = "none";

    /** Copies the list. */
    public TrainConfig {
        progressive = List.copyOf(progressive);
    }

    /** The section as it is when nothing was said. */
    public static TrainConfig defaults() {
        return new TrainConfig(5, "val_accuracy", 1, "none", 1, 0, true, 0, "stop", List.of(), NO_START);
    }

    /** Whether the first weights are those of a checkpoint. */
    public boolean hasStart() {
        return !start.equals(NO_START);
    }

    /** The stages of {@link #progressive}. */
    public List<TrainStage> stages() {
        return progressive.stream().map(TrainStage::parse).toList();
    }
}
