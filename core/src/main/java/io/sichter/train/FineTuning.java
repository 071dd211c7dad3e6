package io.sichter.train;

import io.sichter.config.ConfigLayer;
import io.sichter.config.ConfigReader;
import io.sichter.config.RunConfig;
import io.sichter.config.ScheduleConfig;
import io.sichter.config.TrainStage;
import java.util.List;

/**
 * The two stages of fastai's {@code fine_tune}, each under a cycle of its own with fastai's numbers: the head alone, in
 * which the rate rises nearly to the end, then everything with half the rate.
 */
final class FineTuning {
    /** fastai's {@code moms}. */
    private static final String MOMENTUMS = "[0.95, 0.85, 0.95]";

    private FineTuning() {}

    /** A stage and the schedule over it. */
    record Stage(TrainStage stage, ScheduleConfig schedule) {}

    /** The stages of a configuration that fine-tunes. */
    static List<Stage> of(RunConfig config) {
        List<TrainStage> stages = config.stages();
        Stage everything = new Stage(stages.get(stages.size() - 1), cycle(config, 0.3, 5));
        return stages.size() == 1
                ? List.of(everything)
                : List.of(new Stage(stages.get(0), cycle(config, 0.99, 25)), everything);
    }

    private static ScheduleConfig cycle(RunConfig config, double rising, double divFactor) {
        boolean momentum = config.optimizer().hasMomentum();
        return ConfigReader.resolve(
                        config,
                        List.of(
                                setting("name", "one_cycle"),
                                setting("shape", "fastai"),
                                setting("pct_start", Double.toString(rising)),
                                setting("div_factor", Double.toString(divFactor)),
                                setting("final_div_factor", "1e5"),
                                setting("warmup_epochs", "0"),
                                setting("momentums", momentum ? MOMENTUMS : "[]")))
                .schedule();
    }

    private static ConfigLayer.Setting setting(String key, String value) {
        return new ConfigLayer.Setting("transfer.fine_tune", "schedule." + key, value);
    }
}
