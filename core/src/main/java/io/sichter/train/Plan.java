package io.sichter.train;

import io.sichter.loader.DataLoader;
import io.sichter.schedule.LearningRateSchedule;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What every epoch of a run trains on and at which rate: one stage, or several with growing pictures. Everything but the
 * open loader is a function of the epoch and the step in it, so that a resumed run finds its place by counting.
 */
final class Plan implements AutoCloseable {
    private final List<Stage> stages;
    private final int accumulate;
    private final Function<Stage, DataLoader> loaders;
    private @Nullable Stage open;
    private @Nullable DataLoader loader;

    /**
     * Epochs that are alike.
     *
     * @param firstEpoch from 1
     * @param size height and width of the training pictures, pixels
     * @param batchSize pictures per step
     * @param steps batches of one epoch
     * @param schedule of the rate, over the updates of this stage
     */
    record Stage(int firstEpoch, int epochs, int size, int batchSize, int steps, LearningRateSchedule schedule) {}

    /**
     * Makes a plan.
     *
     * @param stages in order, without a gap
     * @param accumulate batches per update
     * @param loaders makes the batches of a stage
     */
    Plan(List<Stage> stages, int accumulate, Function<Stage, DataLoader> loaders) {
        this.stages = List.copyOf(stages);
        this.accumulate = accumulate;
        this.loaders = loaders;
    }

    /** The stage of an epoch, from 1; the last one after the end. */
    Stage stage(int epoch) {
        Stage found = stages.get(0);
        for (Stage stage : stages) {
            found = stage.firstEpoch() <= epoch ? stage : found;
        }
        return found;
    }

    /** The batches of an epoch; those of another stage are given up. */
    DataLoader loader(int epoch) {
        Stage stage = stage(epoch);
        DataLoader known = loader;
        if (known == null || !stage.equals(open)) {
            close();
            known = loaders.apply(stage);
            loader = known;
            open = stage;
        }
        return known;
    }

    /** Steps of the whole run. */
    long totalSteps() {
        return stages.stream().mapToLong(s -> (long) s.steps() * s.epochs()).sum();
    }

    /** Updates of one epoch of a stage: the last group of batches may be smaller. */
    static int updates(int steps, int accumulate) {
        return (steps + accumulate - 1) / accumulate;
    }

    /** Whether an update follows when so many steps of the epoch are done. */
    boolean endsGroup(int epoch, int stepsDone) {
        return stepsDone % accumulate == 0 || stepsDone == stage(epoch).steps();
    }

    /** Number of the update that a step (from 0) belongs to, in the whole run, from 1. */
    long update(int epoch, int stepInEpoch) {
        long before = 0;
        for (Stage stage : stages) {
            int epochs = Math.min(stage.epochs(), Math.max(0, epoch - stage.firstEpoch()));
            before += (long) epochs * updates(stage.steps(), accumulate);
        }
        return before + stepInEpoch / accumulate + 1;
    }

    /** The rate that the schedule has for a step (from 0). */
    double lr(int epoch, int stepInEpoch) {
        return stage(epoch).schedule().lr(updateInStage(epoch, stepInEpoch));
    }

    /** The momentum that the schedule has for a step (from 0), if it moves it. */
    OptionalDouble momentum(int epoch, int stepInEpoch) {
        return stage(epoch).schedule().momentum(updateInStage(epoch, stepInEpoch));
    }

    private long updateInStage(int epoch, int stepInEpoch) {
        Stage stage = stage(epoch);
        return (long) (epoch - stage.firstEpoch()) * updates(stage.steps(), accumulate) + stepInEpoch / accumulate;
    }

    @Override
    public void close() {
        DataLoader known = loader;
        if (known != null) {
            known.close();
            loader = null;
        }
    }
}
