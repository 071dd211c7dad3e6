package io.sichter.train;

import io.sichter.config.ConfigLayer;
import io.sichter.config.ConfigReader;
import io.sichter.config.RunConfig;
import io.sichter.config.ScheduleConfig;
import io.sichter.config.TrainStage;
import java.util.ArrayList;
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
        int size = config.model().imageSize();
        double lr = config.optimizer().lr();
        int headEpochs = config.transfer().headEpochs();
        List<Stage> stages = new ArrayList<>();
        if (headEpochs > 0) {
            stages.add(new Stage(new TrainStage(size, headEpochs, 0, lr, ""), cycle(config, 0.99, 25)));
        }
        stages.add(new Stage(new TrainStage(size, config.train().epochs(), 0, lr / 2, ""), cycle(config, 0.3, 5)));
        return stages;
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
