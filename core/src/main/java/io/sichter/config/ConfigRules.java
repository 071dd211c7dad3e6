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

    private ConfigRules() {}

    /** Notes contradictions; the locations say where each key was set. */
    static void check(RunConfig config, Map<String, Text> locations, ConfigProblems problems) {
        TransformsConfig transforms = config.transforms();
        Rule rule = (broken, key, problem, arguments) -> {
            if (broken) {
                Text location = locations.getOrDefault(key, Text.of("config.default"));
                problems.add(new ConfigProblems.Entry(location, Problem.of(problem, arguments)));
            }
        };
        checkChannels(rule, "transforms.mean", transforms.mean(), config.model().channels());
        checkChannels(rule, "transforms.std", transforms.std(), config.model().channels());
        rule.check(!RUN_NAME.matcher(config.runName()).matches(), "run_name", "config.rule.run_name", config.runName());
        rule.check(config.runsDir().isBlank(), "runs_dir", "config.rule.runs_dir");
        checkTraining(
                config,
                (key, problem) -> problems.add(
                        new ConfigProblems.Entry(locations.getOrDefault(key, Text.of("config.default")), problem)));
    }

    private static void checkTraining(RunConfig config, BiConsumer<String, Problem> report) {
        TrainRules.check(config, report);
        OptimizerRules.check(config, report);
        ScheduleRules.check(config, report);
    }

    private static void checkChannels(Rule rule, String key, List<Double> values, int channels) {
        rule.check(values.size() != channels, key, "config.rule.channels", key, values.size(), channels);
    }

    /**
     * Keys that were changed but have no effect beside the others, each as a sentence. They are no errors: a complete
     * {@code run.yaml} names keys of every optimizer, and one of them is used.
     */
    public static List<Text> advice(RunConfig config) {
        List<Text> advice = new ArrayList<>();
        TrainRules.advise(config, advice);
        LossRules.advise(config, advice);
        OptimizerRules.advise(config, advice);
        ScheduleRules.advise(config, advice);

        DataConfig data = config.data();
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
