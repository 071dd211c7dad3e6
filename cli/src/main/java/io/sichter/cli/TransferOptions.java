package io.sichter.cli;

import io.sichter.config.ConfigLayer;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** The options of training that say what becomes of published weights, each another name of a configuration key. */
final class TransferOptions {
    private final List<ConfigLayer> settings = new ArrayList<>();

    /** What was said, in the order in which it was said. */
    List<ConfigLayer> settings() {
        return List.copyOf(settings);
    }

    @Option(names = "--fine-tune", order = -60)
    void fineTune(boolean value) {
        set("--fine-tune", "transfer.fine_tune", Boolean.toString(value));
    }

    @Option(names = "--head-epochs", paramLabel = "N", order = -59)
    void headEpochs(String value) {
        set("--head-epochs", "transfer.head_epochs", value);
    }

    @Option(names = "--freeze", paramLabel = "N|backbone", order = -58)
    void freeze(String value) {
        set("--freeze", "transfer.freeze", value);
    }

    @Option(names = "--unfreeze", paramLabel = "EPOCHS:N,...", order = -57)
    void unfreeze(String value) {
        set("--unfreeze", "transfer.unfreeze", "[\"" + value.replace(",", "\", \"") + "\"]");
    }

    @Option(names = "--norms", paramLabel = "HOW", order = -56)
    void norms(String value) {
        set("--norms", "transfer.norms", value);
    }

    @Option(names = "--layer-decay", paramLabel = "X", order = -55)
    void layerDecay(String value) {
        set("--layer-decay", "optimizer.layer_decay", value);
    }

    @Option(names = "--lr-spread", paramLabel = "X", order = -54)
    void lrSpread(String value) {
        set("--lr-spread", "optimizer.lr_spread", value);
    }

    @Option(names = "--head", paramLabel = "NAME", order = -53)
    void head(String value) {
        set("--head", "model.head", value);
    }

    @Option(names = "--head-weights", paramLabel = "HOW", order = -52)
    void headWeights(String value) {
        set("--head-weights", "model.head_weights", value);
    }

    @Option(names = "--input-weights", paramLabel = "HOW", order = -51)
    void inputWeights(String value) {
        set("--input-weights", "model.input_weights", value);
    }

    private void set(String option, String key, String value) {
        settings.add(new ConfigLayer.Setting(option, key, value));
    }
}
