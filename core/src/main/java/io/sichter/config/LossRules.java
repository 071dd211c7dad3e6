package io.sichter.config;

import io.sichter.text.Text;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a person should know about the keys of the loss. */
final class LossRules {
    private static final int LONG_TRAINING = 30;

    private static final IdleKeys IDLE = new IdleKeys(
            "loss",
            Map.of(
                    "label_smoothing",
                    Set.of("cross_entropy", "bce"),
                    "gamma",
                    Set.of("focal"),
                    "alpha",
                    Set.of("focal"),
                    "q",
                    Set.of("gce"),
                    "gamma_pos",
                    Set.of("asymmetric"),
                    "gamma_neg",
                    Set.of("asymmetric"),
                    "clip",
                    Set.of("asymmetric")));

    private LossRules() {}

    static void advise(RunConfig config, List<Text> advice) {
        LossConfig loss = config.loss();
        IDLE.note(loss, LossConfig.defaults(), loss.name(), "loss " + loss.name(), advice);
        int epochs = config.train().epochs();
        if (loss.labelSmoothing() > 0 && epochs < LONG_TRAINING) {
            advice.add(Text.of("training.smoothing_short", epochs));
        }
        if (Set.of("bce", "asymmetric").contains(loss.name())) {
            advice.add(Text.of("training.independent", loss.name()));
        }
    }
}
