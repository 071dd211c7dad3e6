package io.sichter.config;

import io.sichter.error.Problem;
import io.sichter.error.UsageException;
import io.sichter.text.Text;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;

/** What must hold between the keys of the training itself: its stages, means, mixing and early end. */
final class TrainRules {
    private static final int LONG_ENOUGH_TO_MIX = 20;

    private static final IdleKeys CLIP = new IdleKeys("train", Map.of("clip_at", Set.of("norm", "value", "adaptive")));
    private static final IdleKeys EMA = new IdleKeys("train", Map.of("ema_warmup", Set.of("on")));
    private static final IdleKeys MIX = new IdleKeys(
            "mix",
            Map.of(
                    "probability",
                    Set.of("mixup", "cutmix", "both"),
                    "cutmix_share",
                    Set.of("both"),
                    "per_sample",
                    Set.of("mixup", "both"),
                    "share",
                    Set.of("mixup", "cutmix", "both")));
    private static final IdleKeys STOP =
            new IdleKeys("early_stop", Map.of("min_delta", Set.of("on"), "metric", Set.of("on")));

    private TrainRules() {}

    /** What is wrong with the first stage that cannot be read. */
    static Optional<Problem> damagedStage(RunConfig config) {
        try {
            config.train().stages();
            return Optional.empty();
        } catch (UsageException e) {
            return Optional.of(e.problem());
        }
    }

    /** Reports contradictions, each with the key it is about. */
    static void check(RunConfig config, BiConsumer<String, Problem> report) {
        TrainConfig train = config.train();
        if (train.ema() > 0 && train.averageLast() > 0) {
            report.accept(
                    "train.average_last",
                    Problem.of("training.two_averages", Numbers.shortest(train.ema()), train.averageLast()));
        }
        if (train.averageLast() > train.epochs()) {
            report.accept(
                    "train.average_last", Problem.of("training.average_long", train.averageLast(), train.epochs()));
        }
        if (train.hasStart() && config.model().hasWeights()) {
            report.accept(
                    "train.start",
                    Problem.of(
                            "training.start_twice",
                            train.start(),
                            config.model().weights()));
        }
        Optional<Problem> damaged = damagedStage(config);
        if (damaged.isPresent()) {
            report.accept("train.progressive", damaged.get());
        } else if (!train.progressive().isEmpty()) {
            checkStages(config, report);
        }
    }

    private static void checkStages(RunConfig config, BiConsumer<String, Problem> report) {
        TrainConfig train = config.train();
        List<TrainStage> stages = train.stages();
        int epochs = stages.stream().mapToInt(TrainStage::epochs).sum();
        int size = stages.get(stages.size() - 1).size();
        if (train.epochs() != epochs || config.model().imageSize() != size) {
            report.accept(
                    "train.progressive",
                    Problem.of(
                            "training.stages",
                            train.progressive(),
                            train.epochs(),
                            config.model().imageSize(),
                            epochs,
                            size));
        }
        int shortest = stages.stream().mapToInt(TrainStage::epochs).min().orElse(epochs);
        double warmup = config.schedule().warmupEpochs();
        if (warmup >= shortest && warmup < epochs) {
            report.accept("schedule.warmup_epochs", Problem.of("training.warmup", Numbers.shortest(warmup), shortest));
        }
    }

    /** What a person should know. */
    static void advise(RunConfig config, List<Text> advice) {
        TrainConfig train = config.train();
        TrainConfig usual = TrainConfig.defaults();
        CLIP.note(train, usual, train.clip(), "train.clip " + train.clip(), advice);
        EMA.note(train, usual, train.ema() > 0 ? "on" : "off", "train.ema 0", advice);
        MixConfig mix = config.mix();
        String mixing = mix.mixup() > 0 ? (mix.cutmix() > 0 ? "both" : "mixup") : mix.cutmix() > 0 ? "cutmix" : "none";
        MIX.note(mix, MixConfig.defaults(), mixing, "mixing " + mixing, advice);
        if (!mixing.equals("none") && train.epochs() < LONG_ENOUGH_TO_MIX) {
            advice.add(Text.of("training.mix_short", train.epochs()));
        }
        adviseOnEarlyStop(config, advice);
    }

    private static void adviseOnEarlyStop(RunConfig config, List<Text> advice) {
        EarlyStopConfig stop = config.earlyStop();
        STOP.note(
                stop, EarlyStopConfig.defaults(), stop.patience() > 0 ? "on" : "off", "early_stop.patience 0", advice);
        if (stop.patience() == 0) {
            return;
        }
        int epochs = config.train().epochs();
        if (stop.patience() >= epochs) {
            advice.add(Text.of("training.patience_long", stop.patience(), epochs));
        }
        String schedule = config.schedule().name();
        if (Set.of("one_cycle", "cosine", "polynomial").contains(schedule)) {
            advice.add(Text.of("training.stop_in_cycle", schedule));
        }
        if (config.train().averageLast() > 0) {
            advice.add(Text.of("training.stop_average", config.train().averageLast()));
        }
    }
}
