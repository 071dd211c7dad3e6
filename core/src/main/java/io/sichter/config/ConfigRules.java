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
    static void check(RunConfig config, Map<String, String> locations, ConfigProblems problems) {
        TransformsConfig transforms = config.transforms();
        Rule rule = (broken, key, received, expected, fix) -> {
            if (broken) {
                problems.add(new ConfigProblems.Entry(
                        locations.getOrDefault(key, "default"),
                        "Key \"" + key + "\" does not fit",
                        received,
                        expected,
                        fix));
            }
        };
        checkChannels(rule, "transforms.mean", transforms.mean(), config.model().channels());
        checkChannels(rule, "transforms.std", transforms.std(), config.model().channels());
        rule.check(
                !RUN_NAME.matcher(config.runName()).matches(),
                "run_name",
                "\"" + config.runName() + "\"",
                "letters, digits, \".\", \"_\" and \"-\", at most 100 of them",
                "Choose a plain name; the folder it goes to is runs_dir");
        rule.check(config.runsDir().isBlank(), "runs_dir", "an empty text", "a folder", "Set runs_dir=runs");
        checkTraining(
                config,
                (key, problem) -> problems.add(new ConfigProblems.Entry(
                        locations.getOrDefault(key, "default"),
                        problem.problem().toString(),
                        problem.received().toString(),
                        problem.expected().toString(),
                        problem.fix().toString())));
    }

    private static void checkTraining(RunConfig config, BiConsumer<String, Problem> report) {
        TrainRules.check(config, report);
        OptimizerRules.check(config, report);
        ScheduleRules.check(config, report);
    }

    private static void checkChannels(Rule rule, String key, List<Double> values, int channels) {
        rule.check(
                values.size() != channels,
                key,
                values.size() + (values.size() == 1 ? " number" : " numbers"),
                "one number per channel: " + channels + " (model.channels)",
                "Give " + key + " as many numbers as model.channels says");
    }

    /**
     * Keys that were changed but have no effect beside the others, each as a sentence. They are no errors: a complete
     * {@code run.yaml} names keys of every optimizer, and one of them is used.
     */
    public static List<String> advice(RunConfig config) {
        List<String> advice = new ArrayList<>();
        List<Text> training = new ArrayList<>();
        TrainRules.advise(config, training);
        LossRules.advise(config, training);
        OptimizerRules.advise(config, training);
        ScheduleRules.advise(config, training);
        training.forEach(text -> advice.add(text.toString()));

        DataConfig data = config.data();
        idle(
                advice,
                data.badImages().equals("fail")
                        && data.maxBadFraction() != DataConfig.defaults().maxBadFraction(),
                "data.max_bad_fraction",
                "data.bad_images=fail");
        return advice;
    }

    private static void idle(List<String> advice, boolean noEffect, String key, String beside) {
        if (noEffect) {
            advice.add(key + " has no effect with " + beside);
        }
    }

    /** Notes a problem where something is broken. */
    @FunctionalInterface
    private interface Rule {
        void check(boolean broken, String key, String received, String expected, String fix);
    }
}
