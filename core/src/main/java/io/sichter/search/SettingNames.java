package io.sichter.search;

import java.util.Map;

/** The short names of keys, those that the options of training have. */
public final class SettingNames {
    private static final Map<String, String> KEYS = Map.ofEntries(
            Map.entry("model", "model.name"),
            Map.entry("image-size", "model.image_size"),
            Map.entry("weights", "model.weights"),
            Map.entry("dropout", "model.dropout"),
            Map.entry("epochs", "train.epochs"),
            Map.entry("ema", "train.ema"),
            Map.entry("accumulate", "train.accumulate"),
            Map.entry("batch-size", "loader.batch_size"),
            Map.entry("optimizer", "optimizer.name"),
            Map.entry("lr", "optimizer.lr"),
            Map.entry("weight-decay", "optimizer.weight_decay"),
            Map.entry("schedule", "schedule.name"),
            Map.entry("warmup-epochs", "schedule.warmup_epochs"),
            Map.entry("loss", "loss.name"),
            Map.entry("label-smoothing", "loss.label_smoothing"),
            Map.entry("mixup", "mix.mixup"),
            Map.entry("cutmix", "mix.cutmix"),
            Map.entry("normalize", "transforms.normalize"),
            Map.entry("augment", "transforms"),
            Map.entry("balance", "balance.mode"),
            Map.entry("early-stop", "early_stop.patience"),
            Map.entry("precision", "runtime.precision"));

    private SettingNames() {}

    /** All of them, with the keys they stand for. */
    public static Map<String, String> all() {
        return KEYS;
    }

    /** The key that a word stands for; the word itself where it is no short name, which the configuration then judges. */
    public static String key(String word) {
        return KEYS.getOrDefault(word.strip(), word.strip());
    }
}
