package io.sichter.config;

import io.sichter.error.Problem;
import io.sichter.text.Text;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/** What must hold between the keys of the optimizer. */
final class OptimizerRules {
    static final Set<String> WITH_MOMENTUM = Set.of("sgd", "rmsprop", "rmsprop_tf", "muon");
    private static final Set<String> WITH_BETAS = Set.of("adam", "adamw", "radam", "lamb", "lion", "muon");
    private static final double LARGE_FOR_LION = 1e-3;

    private static final IdleKeys IDLE = new IdleKeys(
            "optimizer",
            Map.of(
                    "momentum",
                    WITH_MOMENTUM,
                    "betas",
                    WITH_BETAS,
                    "eps",
                    Set.of("adam", "adamw", "radam", "lamb", "rmsprop", "rmsprop_tf", "muon"),
                    "alpha",
                    Set.of("rmsprop", "rmsprop_tf")));

    private OptimizerRules() {}

    /** Reports contradictions, each with the key it is about. */
    static void check(RunConfig config, BiConsumer<String, Problem> report) {
        OptimizerConfig optimizer = config.optimizer();
        if (optimizer.betas().size() != 2) {
            report.accept(
                    "optimizer.betas",
                    Problem.of("training.betas", optimizer.betas().size()));
        }
        boolean momentum = optimizer.momentum() > 0;
        if (optimizer.nesterov() && (!optimizer.name().equals("sgd") || !momentum)) {
            report.accept(
                    "optimizer.nesterov",
                    Problem.of("training.nesterov", optimizer.name(), Numbers.shortest(optimizer.momentum())));
        }
        boolean moved = !config.schedule().momentums().isEmpty()
                && config.schedule().name().equals("one_cycle");
        if (moved && !momentum && WITH_MOMENTUM.contains(optimizer.name())) {
            report.accept("schedule.momentums", Problem.of("training.momentums_none", optimizer.name()));
        }
    }

    /** What a person should know. */
    static void advise(RunConfig config, List<Text> advice) {
        OptimizerConfig optimizer = config.optimizer();
        IDLE.note(optimizer, OptimizerConfig.defaults(), optimizer.name(), optimizer.name(), advice);
        if (optimizer.name().equals("lion") && optimizer.lr() >= LARGE_FOR_LION) {
            advice.add(Text.of("training.lion_rate", Numbers.shortest(optimizer.lr())));
        }
    }
}
