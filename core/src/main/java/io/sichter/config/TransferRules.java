package io.sichter.config;

import io.sichter.error.Problem;
import io.sichter.error.UsageException;
import io.sichter.text.Text;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/** What must hold between published weights, frozen parts and fine-tuning. */
final class TransferRules {
    private static final IdleKeys HEAD = new IdleKeys("transfer", Map.of("head_epochs", Set.of("on")));
    private static final IdleKeys NORMS = new IdleKeys("transfer", Map.of("norms", Set.of("on")));
    private static final IdleKeys INPUT = new IdleKeys("model", Map.of("input_weights", Set.of("on")));

    private TransferRules() {}

    /** Reports contradictions, each with the key it is about. */
    static void check(RunConfig config, BiConsumer<String, Problem> report) {
        TransferConfig transfer = config.transfer();
        ModelConfig model = config.model();
        if (!transfer.isFreezeKnown()) {
            report.accept("transfer.freeze", Problem.of("transfer.freeze", transfer.freeze()));
        } else if (!transfer.unfreeze().isEmpty()) {
            checkThaws(config, report);
        }
        if (transfer.fineTune()) {
            checkFineTuning(config, report);
        }
        if (transfer.fixedStatistics() && !model.hasWeights()) {
            report.accept("transfer.fixed_statistics", Problem.of("transfer.no_statistics"));
        }
        OptimizerConfig optimizer = config.optimizer();
        if (optimizer.layerDecay() < 1 && optimizer.lrSpread() > 1) {
            report.accept(
                    "optimizer.lr_spread",
                    Problem.of(
                            "transfer.two_rates",
                            Numbers.shortest(optimizer.layerDecay()),
                            Numbers.shortest(optimizer.lrSpread())));
        }
        checkWeights(model, report);
    }

    private static void checkWeights(ModelConfig model, BiConsumer<String, Problem> report) {
        if (model.inputWeights().equals("sum") && model.channels() != 1) {
            report.accept("model.input_weights", Problem.of("transfer.sum", model.channels()));
        }
        if (model.headWeights().equals("published")
                && (!model.hasWeights() || model.head().equals("concat_pool"))) {
            report.accept("model.head_weights", Problem.of("transfer.head_weights", model.weights(), model.head()));
        }
    }

    private static void checkFineTuning(RunConfig config, BiConsumer<String, Problem> report) {
        TransferConfig transfer = config.transfer();
        if (!config.model().hasWeights()) {
            report.accept("transfer.fine_tune", Problem.of("transfer.no_weights"));
        }
        if (!transfer.freeze().equals("none") || !transfer.unfreeze().isEmpty()) {
            String key = transfer.unfreeze().isEmpty() ? "transfer.freeze" : "transfer.unfreeze";
            report.accept(key, Problem.of("transfer.frozen_twice", key));
        }
        if (!config.train().progressive().isEmpty()) {
            report.accept(
                    "train.progressive",
                    Problem.of("transfer.stages_twice", config.train().progressive()));
        }
        String schedule = config.schedule().name();
        if (!schedule.equals("one_cycle")) {
            report.accept("schedule.name", Problem.of("transfer.schedule", schedule));
        }
    }

    private static void checkThaws(RunConfig config, BiConsumer<String, Problem> report) {
        List<Thaw> thaws;
        try {
            thaws = config.transfer().thaws();
        } catch (UsageException e) {
            report.accept("transfer.unfreeze", e.problem());
            return;
        }
        boolean ordered = !config.transfer().freeze().equals("none");
        int epoch = 0;
        int frozen = config.transfer().frozen(1);
        for (Thaw thaw : thaws) {
            ordered &= thaw.epochs() > epoch && (thaw.frozen() < frozen || frozen == TransferConfig.BACKBONE);
            epoch = thaw.epochs();
            frozen = thaw.frozen();
        }
        if (!ordered || epoch >= config.train().epochs()) {
            report.accept(
                    "transfer.unfreeze",
                    Problem.of(
                            "transfer.unfreeze",
                            config.transfer().unfreeze(),
                            config.transfer().freeze(),
                            config.train().epochs()));
        }
    }

    /** What a person should know. */
    static void advise(RunConfig config, List<Text> advice) {
        TransferConfig transfer = config.transfer();
        TransferConfig usual = TransferConfig.defaults();
        HEAD.note(transfer, usual, transfer.fineTune() ? "on" : "off", "transfer.fine_tune false", advice);
        NORMS.note(transfer, usual, transfer.freezesSomething() ? "on" : "off", "transfer.freeze none", advice);
        ModelConfig model = config.model();
        INPUT.note(model, ModelConfig.defaults(), model.hasWeights() ? "on" : "off", "model.weights none", advice);
        if (transfer.freezesSomething() && !model.hasWeights()) {
            advice.add(Text.of("transfer.frozen_at_random"));
        }
        if (transfer.fineTune() && !config.schedule().equals(ScheduleConfig.defaults())) {
            advice.add(Text.of("transfer.schedule_idle"));
        }
    }
}
