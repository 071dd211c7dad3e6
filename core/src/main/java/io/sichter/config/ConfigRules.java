package io.sichter.config;

import io.sichter.error.Problem;
import io.sichter.text.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;

/** What must hold between keys, and what a person should know about keys that do nothing. */
public final class ConfigRules {
    private static final Pattern RUN_NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");

    private static final List<String> SPLITS = List.of("stratified", "holdout", "kfold");

    private ConfigRules() {}

    /** Notes contradictions; the locations say where each key was set. */
    static void check(RunConfig config, Map<String, Text> locations, ConfigProblems problems) {
        Rule rule = (broken, key, problem, arguments) -> {
            if (broken) {
                Text location = locations.getOrDefault(key, Text.of("config.default"));
                problems.add(new ConfigProblems.Entry(location, Problem.of(problem, arguments)));
            }
        };
        checkNormalization(rule, config.transforms().normalize(), config.model().channels());
        checkBalance(rule, config);
        checkLayers(rule, config.model());
        checkSplit(rule, config.data());
        rule.check(!RUN_NAME.matcher(config.runName()).matches(), "run_name", "config.rule.run_name", config.runName());
        rule.check(config.runsDir().isBlank(), "runs_dir", "config.rule.runs_dir");
        checkTraining(
                config,
                (key, problem) -> problems.add(
                        new ConfigProblems.Entry(locations.getOrDefault(key, Text.of("config.default")), problem)));
    }

    private static void checkTraining(RunConfig config, BiConsumer<String, Problem> report) {
        TrainRules.check(config, report);
        TransferRules.check(config, report);
        LossRules.check(config, report);
        OptimizerRules.check(config, report);
        ScheduleRules.check(config, report);
    }

    private static void checkSplit(Rule rule, DataConfig data) {
        rule.check(
                !SPLITS.contains(data.split()) && !data.splitsByFile(),
                "data.split",
                "config.rule.split",
                data.split(),
                String.join(", ", SPLITS));
        rule.check(data.fold() >= data.folds(), "data.fold", "config.rule.fold", data.fold(), data.folds() - 1);
        rule.check(
                data.valFraction() + data.testFraction() >= 1,
                "data.test_fraction",
                "config.rule.test_fraction",
                Numbers.shortest(data.testFraction()),
                Numbers.shortest(data.valFraction()));
    }

    private static void checkNormalization(Rule rule, String normalize, int channels) {
        boolean fromData = normalize.equals(Normalization.AUTO) || normalize.equals(Normalization.DATASET);
        rule.check(
                !fromData && Normalization.fixed(normalize, channels).isEmpty(),
                "transforms.normalize",
                "config.rule.normalize",
                normalize,
                channels,
                String.join(", ", Normalization.WORDS));
    }

    private static void checkLayers(Rule rule, ModelConfig model) {
        boolean own = model.name().equals(ModelConfig.OWN_LAYERS);
        rule.check(own && model.layers().isEmpty(), "model.layers", "config.rule.no_layers");
        rule.check(
                !own && !model.layers().isEmpty(),
                "model.layers",
                "config.rule.other_layers",
                model.name(),
                model.layers().size());
    }

    private static void checkBalance(Rule rule, RunConfig config) {
        BalanceConfig balance = config.balance();
        boolean several = balance.isSeveral();
        rule.check(several, "balance.mode", "config.rule.balance_twice", balance.mode());
        rule.check(
                !several && !BalanceConfig.MODES.contains(balance.mode()),
                "balance.mode",
                "config.rule.balance",
                balance.mode(),
                String.join(", ", BalanceConfig.MODES));
        List<String> twice = config.classes().namedTwice();
        rule.check(!twice.isEmpty(), "classes", "config.rule.classes", String.join(", ", twice));
    }

    /**
     * Keys that were changed but have no effect beside the others, each as a sentence. They are no errors: a complete
     * {@code run.yaml} names keys of every optimizer, and one of them is used.
     */
    public static List<Text> advice(RunConfig config) {
        List<Text> advice = new ArrayList<>();
        TrainRules.advise(config, advice);
        TransferRules.advise(config, advice);
        LossRules.advise(config, advice);
        OptimizerRules.advise(config, advice);
        ScheduleRules.advise(config, advice);

        BalanceConfig balance = config.balance();
        boolean weighs = balance.mode().equals("weights") || balance.mode().equals("sampler");
        boolean effective = balance.weighting().equals("effective_number");
        String mode = "balance.mode=" + balance.mode();
        idle(advice, !weighs && effective, "balance.weighting", mode);
        idle(
                advice,
                !(weighs && effective)
                        && balance.beta() != BalanceConfig.defaults().beta(),
                "balance.beta",
                weighs ? "balance.weighting=" + balance.weighting() : mode);

        DataConfig data = config.data();
        DataConfig usualData = DataConfig.defaults();
        boolean folds = data.split().equals("kfold");
        idle(advice, !folds && data.folds() != usualData.folds(), "data.folds", "data.split=" + data.split());
        idle(advice, !folds && data.fold() != 0, "data.fold", "data.split=" + data.split());
        idle(advice, folds && data.valFraction() != usualData.valFraction(), "data.val_fraction", "data.split=kfold");
        idle(
                advice,
                data.badImages().equals("fail")
                        && data.maxBadFraction() != DataConfig.defaults().maxBadFraction(),
                "data.max_bad_fraction",
                "data.bad_images=fail");
        return advice;
    }

    private static void idle(List<Text> advice, boolean noEffect, String key, String beside) {
        if (noEffect) {
            advice.add(Text.of("config.no_effect", key, beside));
        }
    }

    /** Notes a problem where something is broken. */
    @FunctionalInterface
    private interface Rule {
        void check(boolean broken, String key, String problem, Object... arguments);
    }
}
