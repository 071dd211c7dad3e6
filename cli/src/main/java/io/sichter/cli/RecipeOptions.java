package io.sichter.cli;

import io.sichter.config.ConfigLayer;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** The options of training that say how to learn, each another name of a configuration key. */
final class RecipeOptions {
    private final List<ConfigLayer> settings = new ArrayList<>();

    /** What was said, in the order in which it was said. */
    List<ConfigLayer> settings() {
        return List.copyOf(settings);
    }

    @Option(names = "--weight-decay", paramLabel = "X", order = -80)
    void weightDecay(String value) {
        set("--weight-decay", "optimizer.weight_decay", value);
    }

    @Option(names = "--schedule", paramLabel = "NAME", order = -79)
    void schedule(String value) {
        set("--schedule", "schedule.name", value);
    }

    @Option(names = "--warmup-epochs", paramLabel = "X", order = -78)
    void warmupEpochs(String value) {
        set("--warmup-epochs", "schedule.warmup_epochs", value);
    }

    @Option(names = "--loss", paramLabel = "NAME", order = -77)
    void loss(String value) {
        set("--loss", "loss.name", value);
    }

    @Option(names = "--label-smoothing", paramLabel = "X", order = -76)
    void labelSmoothing(String value) {
        set("--label-smoothing", "loss.label_smoothing", value);
    }

    @Option(names = "--mixup", paramLabel = "ALPHA", order = -75)
    void mixup(String value) {
        set("--mixup", "mix.mixup", value);
    }

    @Option(names = "--cutmix", paramLabel = "ALPHA", order = -74)
    void cutmix(String value) {
        set("--cutmix", "mix.cutmix", value);
    }

    @Option(names = "--ema", paramLabel = "DECAY", order = -73)
    void ema(String value) {
        set("--ema", "train.ema", value);
    }

    @Option(names = "--clip-norm", paramLabel = "X", order = -72)
    void clipNorm(String value) {
        set("--clip-norm", "train.clip", "norm");
        set("--clip-norm", "train.clip_at", value);
    }

    @Option(names = "--accumulate", paramLabel = "N", order = -71)
    void accumulate(String value) {
        set("--accumulate", "train.accumulate", value);
    }

    @Option(names = "--early-stop", paramLabel = "N", order = -70)
    void earlyStop(String value) {
        set("--early-stop", "early_stop.patience", value);
    }

    @Option(names = "--progressive", paramLabel = "SIZE:EPOCHS,...", order = -69)
    void progressive(String value) {
        set("--progressive", "train.progressive", "[" + value + "]");
    }

    private void set(String option, String key, String value) {
        settings.add(new ConfigLayer.Setting(option, key, value));
    }
}
