package io.sichter.config;

import io.sichter.error.Problem;
import io.sichter.text.Text;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/** What must hold between the keys of the schedule and the length of the training. */
final class ScheduleRules {
    private static final String ONE_CYCLE = "one_cycle";
    private static final String PLATEAU = "plateau";
    private static final String RESTARTS = "cosine_restarts";

    private static final IdleKeys IDLE = new IdleKeys(
            "schedule",
            Map.ofEntries(
                    Map.entry("pct_start", Set.of(ONE_CYCLE)),
                    Map.entry("div_factor", Set.of(ONE_CYCLE)),
                    Map.entry("final_div_factor", Set.of(ONE_CYCLE)),
                    Map.entry("shape", Set.of(ONE_CYCLE)),
                    Map.entry("momentums", Set.of(ONE_CYCLE)),
                    Map.entry("min_lr", Set.of("cosine", RESTARTS, "polynomial", PLATEAU)),
                    Map.entry("step_epochs", Set.of("step")),
                    Map.entry("milestones", Set.of("multi_step")),
                    Map.entry("gamma", Set.of("step", "multi_step", PLATEAU)),
                    Map.entry("decay", Set.of("exponential")),
                    Map.entry("power", Set.of("polynomial")),
                    Map.entry("restart_epochs", Set.of(RESTARTS)),
                    Map.entry("restart_factor", Set.of(RESTARTS)),
                    Map.entry("patience", Set.of(PLATEAU)),
                    Map.entry("cooldown", Set.of(PLATEAU)),
                    Map.entry("min_delta", Set.of(PLATEAU)),
                    Map.entry("metric", Set.of(PLATEAU))));

    private ScheduleRules() {}

    /** Reports contradictions, each with the key it is about. */
    static void check(RunConfig config, BiConsumer<String, Problem> report) {
        ScheduleConfig schedule = config.schedule();
        List<Integer> milestones = schedule.milestones();
        boolean ascending =
                milestones.equals(milestones.stream().distinct().sorted().toList());
        if (!ascending || (milestones.isEmpty() && schedule.name().equals("multi_step"))) {
            report.accept("schedule.milestones", Problem.of("training.milestones", milestones));
        }
        int momentums = schedule.momentums().size();
        if (momentums != 0 && momentums != 3) {
            report.accept("schedule.momentums", Problem.of("training.momentums", momentums));
        }
        int epochs = config.train().epochs();
        if (schedule.warmupEpochs() >= epochs) {
            report.accept(
                    "schedule.warmup_epochs",
                    Problem.of("training.warmup", Numbers.shortest(schedule.warmupEpochs()), epochs));
        }
        if (schedule.minLr() > config.optimizer().lr() && !schedule.name().equals(ONE_CYCLE)) {
            report.accept(
                    "schedule.min_lr",
                    Problem.of(
                            "training.min_lr",
                            Numbers.shortest(schedule.minLr()),
                            Numbers.shortest(config.optimizer().lr())));
        }
    }

    /** What a person should know. */
    static void advise(RunConfig config, List<Text> advice) {
        ScheduleConfig schedule = config.schedule();
        IDLE.note(schedule, ScheduleConfig.defaults(), schedule.name(), "schedule " + schedule.name(), advice);
        if (schedule.warmupEpochs() == 0
                && schedule.warmupStart() != ScheduleConfig.defaults().warmupStart()) {
            advice.add(Text.of("config.no_effect", "schedule.warmup_start", "schedule.warmup_epochs 0"));
        }
        if (schedule.warmupEpochs() > 0 && schedule.name().equals(ONE_CYCLE)) {
            advice.add(Text.of("training.warmup_twice"));
        }
        List<Integer> milestones = schedule.milestones();
        int epochs = config.train().epochs();
        if (schedule.name().equals("multi_step") && milestones.stream().anyMatch(m -> m >= epochs)) {
            advice.add(Text.of("training.milestones_late", milestones, epochs));
        }
        if (schedule.name().equals("step") && schedule.stepEpochs() >= epochs) {
            advice.add(Text.of("training.step_late", schedule.stepEpochs(), epochs));
        }
    }
}
