package io.sichter.config;

import io.sichter.error.Problem;
import io.sichter.text.Text;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/** What must hold between the keys of the loss and others, and what a person should know about them. */
final class LossRules {
    private static final int LONG_TRAINING = 30;
    private static final List<String> WEIGHTED = List.of("cross_entropy", "bce");

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

    /** Reports what would correct uneven classes twice, or not at all. */
    static void check(RunConfig config, BiConsumer<String, Problem> report) {
        String mode = config.balance().mode();
        String loss = config.loss().name();
        if (mode.equals("weights") && !WEIGHTED.contains(loss)) {
            report.accept("balance.mode", Problem.of("training.class_weights", loss, String.join(", ", WEIGHTED)));
        } else if (loss.equals("focal") && !config.loss().alpha().isEmpty() && !mode.equals("none")) {
            report.accept("loss.alpha", Problem.of("training.alpha_twice", mode));
        }
    }

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
