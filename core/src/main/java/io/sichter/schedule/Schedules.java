package io.sichter.schedule;

import io.sichter.config.ScheduleConfig;
import io.sichter.registry.Registry;
import java.util.List;

/** The schedules by name. */
public final class Schedules {
    private static final Registry<Factory> REGISTRY = new Registry<Factory>("schedule")
            .register("constant", (c, peak, span) -> new Constant(peak))
            .register("step", (c, peak, span) -> new StepDecay(peak, span.epoch(), c.stepEpochs(), c.gamma()))
            .register("multi_step", (c, peak, span) -> new MultiStep(peak, span.epoch(), c.milestones(), c.gamma()))
            .register("exponential", (c, peak, span) -> new Exponential(peak, span.epoch(), c.decay()))
            .register("polynomial", (c, peak, span) -> new Polynomial(peak, c.minLr(), span.total(), c.power()))
            .register("cosine", (c, peak, span) -> new Cosine(peak, c.minLr(), span.total()))
            .register("cosine_restarts", Schedules::restarts)
            .register("one_cycle", Schedules::oneCycle)
            .register("plateau", (c, peak, span) -> new Constant(peak)); // its drops follow from the metrics: Plateau

    private static final List<String> OF_ANY_LENGTH =
            List.of("constant", "step", "multi_step", "exponential", "cosine_restarts", "plateau");

    private Schedules() {}

    /**
     * What a schedule is laid over, in optimizer steps.
     *
     * @param total all of them, at least 1
     * @param epoch those of one epoch, at least 1
     */
    public record Span(long total, long epoch) {}

    @FunctionalInterface
    private interface Factory {
        LearningRateSchedule create(ScheduleConfig config, double peakLr, Span span);
    }

    /** Names of all schedules. */
    public static List<String> names() {
        return REGISTRY.names();
    }

    /**
     * The schedule of that name, its warm-up in front of it.
     *
     * @param peakLr the configured learning rate; the highest where the schedule moves it
     * @throws io.sichter.error.UsageException if there is none of that name
     */
    public static LearningRateSchedule create(ScheduleConfig config, double peakLr, Span span) {
        Factory factory = REGISTRY.get(config.name());
        long warmup = Math.round(config.warmupEpochs() * span.epoch());
        if (warmup == 0) {
            return factory.create(config, peakLr, span);
        }
        Span rest = new Span(Math.max(1, span.total() - warmup), span.epoch());
        return new Warmup(factory.create(config, peakLr, rest), warmup, config.warmupStart());
    }

    /** Whether the schedule of that name looks different when more epochs are added at the end. */
    public static boolean dependsOnLength(String name) {
        return !OF_ANY_LENGTH.contains(name);
    }

    private static LearningRateSchedule restarts(ScheduleConfig config, double peakLr, Span span) {
        return new CosineRestarts(
                peakLr, config.minLr(), config.restartEpochs() * span.epoch(), config.restartFactor());
    }

    private static LearningRateSchedule oneCycle(ScheduleConfig config, double peakLr, Span span) {
        return new OneCycle(
                peakLr,
                span.total(),
                config.pctStart(),
                config.divFactor(),
                config.finalDivFactor(),
                config.shape().equals("fastai"),
                config.momentums());
    }
}
