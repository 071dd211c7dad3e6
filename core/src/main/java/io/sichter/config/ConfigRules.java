package io.sichter.config;

import io.sichter.error.Problem;
import io.sichter.text.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** What must hold between keys, and what a person should know about keys that do nothing. */
public final class ConfigRules {
    private static final Pattern RUN_NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");

    private ConfigRules() {}

    /** Notes contradictions; the locations say where each key was set. */
    static void check(RunConfig config, Map<String, Text> locations, ConfigProblems problems) {
        OptimizerConfig optimizer = config.optimizer();
        TransformsConfig transforms = config.transforms();
        Rule rule = (broken, key, problem, arguments) -> {
            if (broken) {
                Text location = locations.getOrDefault(key, Text.of("config.default"));
                problems.add(new ConfigProblems.Entry(location, Problem.of(problem, arguments)));
            }
        };
        rule.check(
                optimizer.betas().size() != 2,
                "optimizer.betas",
                "config.rule.betas",
                optimizer.betas().size());
        rule.check(
                optimizer.nesterov() && (!optimizer.name().equals("sgd") || optimizer.momentum() == 0),
                "optimizer.nesterov",
                "config.rule.nesterov",
                optimizer.name(),
                Numbers.shortest(optimizer.momentum()));
        checkChannels(rule, "transforms.mean", transforms.mean(), config.model().channels());
        checkChannels(rule, "transforms.std", transforms.std(), config.model().channels());
        rule.check(!RUN_NAME.matcher(config.runName()).matches(), "run_name", "config.rule.run_name", config.runName());
        rule.check(config.runsDir().isBlank(), "runs_dir", "config.rule.runs_dir");
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
        OptimizerConfig optimizer = config.optimizer();
        OptimizerConfig usual = OptimizerConfig.defaults();
        boolean sgd = optimizer.name().equals("sgd");
        idle(advice, !sgd && optimizer.momentum() != usual.momentum(), "optimizer.momentum", optimizer.name());
        idle(advice, sgd && !optimizer.betas().equals(usual.betas()), "optimizer.betas", "sgd");
        idle(advice, sgd && optimizer.eps() != usual.eps(), "optimizer.eps", "sgd");

        ScheduleConfig schedule = config.schedule();
        ScheduleConfig usualSchedule = ScheduleConfig.defaults();
        boolean oneCycle = schedule.name().equals("one_cycle");
        String name = "schedule " + schedule.name();
        idle(advice, !oneCycle && schedule.pctStart() != usualSchedule.pctStart(), "schedule.pct_start", name);
        idle(advice, !oneCycle && schedule.divFactor() != usualSchedule.divFactor(), "schedule.div_factor", name);
        idle(
                advice,
                !oneCycle && schedule.finalDivFactor() != usualSchedule.finalDivFactor(),
                "schedule.final_div_factor",
                name);
        idle(advice, !schedule.name().equals("cosine") && schedule.minLr() != 0, "schedule.min_lr", name);

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
