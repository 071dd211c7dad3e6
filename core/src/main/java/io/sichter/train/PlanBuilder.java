package io.sichter.train;

import io.sichter.config.ConfigLayer;
import io.sichter.config.ConfigReader;
import io.sichter.config.RunConfig;
import io.sichter.config.ScheduleConfig;
import io.sichter.config.TrainStage;
import io.sichter.loader.DataLoader;
import io.sichter.schedule.LearningRateSchedule;
import io.sichter.schedule.Schedules;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** From the configuration to the plan of a run. */
final class PlanBuilder {
    private PlanBuilder() {}

    /**
     * The plan.
     *
     * @param samples pictures of the training split
     * @param loaders makes the batches of a stage
     */
    static Plan of(RunConfig config, int samples, Function<Plan.Stage, DataLoader> loaders) {
        List<Plan.Stage> stages = new ArrayList<>();
        int epoch = 1;
        for (FineTuning.Stage part : stages(config)) {
            TrainStage stage = part.stage();
            int batchSize = stage.batch() == 0 ? config.loader().batchSize() : stage.batch();
            int steps = (samples + batchSize - 1) / batchSize;
            int updates = Plan.updates(steps, config.train().accumulate());
            double lr = stage.lr() == 0 ? config.optimizer().lr() : stage.lr();
            LearningRateSchedule schedule =
                    Schedules.create(part.schedule(), lr, new Schedules.Span((long) updates * stage.epochs(), updates));
            stages.add(new Plan.Stage(epoch, stage.epochs(), stage.size(), batchSize, steps, schedule));
            epoch += stage.epochs();
        }
        return new Plan(stages, config.train().accumulate(), loaders);
    }

    private static List<FineTuning.Stage> stages(RunConfig config) {
        if (config.transfer().fineTune()) {
            return FineTuning.of(config);
        }
        return config.stages().stream()
                .map(stage -> new FineTuning.Stage(stage, schedule(config, stage)))
                .toList();
    }

    private static ScheduleConfig schedule(RunConfig config, TrainStage stage) {
        if (stage.schedule().isEmpty()) {
            return config.schedule();
        }
        return ConfigReader.resolve(
                        config,
                        List.of(new ConfigLayer.Setting("train.progressive", "schedule.name", stage.schedule())))
                .schedule();
    }
}
