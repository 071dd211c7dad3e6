package io.sichter.schedule;

import io.sichter.config.ScheduleConfig;
import io.sichter.registry.Registry;
import java.util.List;

/** The schedules by name. */
public final class Schedules {
    private static final Registry<Factory> REGISTRY = new Registry<Factory>("schedule")
            .register("constant", (config, peak, total) -> new Constant(peak))
            .register("cosine", (config, peak, total) -> new Cosine(peak, config.minLr(), total))
            .register(
                    "one_cycle",
                    (config, peak, total) ->
                            new OneCycle(peak, total, config.pctStart(), config.divFactor(), config.finalDivFactor()));

    private Schedules() {}

    @FunctionalInterface
    private interface Factory {
        LearningRateSchedule create(ScheduleConfig config, double peakLr, long totalSteps);
    }

    /** Names of all schedules. */
    public static List<String> names() {
        return REGISTRY.names();
    }

    /**
     * The schedule of that name.
     *
     * @param peakLr the configured learning rate; the highest where the schedule moves it
     * @param totalSteps optimizer steps of the whole run, at least 1
     * @throws io.sichter.error.UsageException if there is none of that name
     */
    public static LearningRateSchedule create(ScheduleConfig config, double peakLr, long totalSteps) {
        return REGISTRY.get(config.name()).create(config, peakLr, totalSteps);
    }
}
