package io.sichter.train;

import io.sichter.config.ConfigLayer;
import io.sichter.config.ConfigReader;
import io.sichter.config.RunConfig;
import io.sichter.error.RunFailedException;
import io.sichter.error.RunInterruptedException;
import io.sichter.event.TrainListener;
import io.sichter.loader.Batch;
import io.sichter.loader.Epoch;
import io.sichter.run.RunDirectory;
import io.sichter.schedule.LrSuggestion;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.BiConsumer;

/**
 * A mock training with a rising learning rate, fastai's {@code lr_find}: the curve of the loss over the rate, and what it
 * suggests. It trains a network of its own, which is thrown away, and writes nothing: there is no run.
 */
public final class LrFinder {
    private static final double EXPLODED = 4; // times the best smoothed loss, as in fastai

    private final RunConfig config;
    private final Range range;

    /**
     * What is tried.
     *
     * @param first smallest rate
     * @param last largest rate
     * @param steps points in between, one training step each
     */
    public record Range(double first, double last, int steps) {}

    /**
     * What was found.
     *
     * @param points in the order of the rates
     * @param exploded whether the test ended before the largest rate, because the loss had grown too large
     */
    public record Found(List<LrSuggestion.Point> points, LrSuggestion suggestion, boolean exploded) {}

    /** For a training with this configuration; what belongs to whole trainings (schedule, means, stages) is left out. */
    public LrFinder(RunConfig config, Range range) {
        this.config = ConfigReader.resolve(
                config,
                List.of(
                        setting("transfer.fine_tune", "false"),
                        setting(
                                "transfer.freeze",
                                config.transfer().fineTune()
                                        ? "backbone"
                                        : config.transfer().freeze()),
                        setting("schedule.name", "constant"),
                        setting("schedule.warmup_epochs", "0"),
                        setting("train.non_finite", "stop"),
                        setting("train.accumulate", "1"),
                        setting("train.ema", "0"),
                        setting("train.average_last", "0"),
                        setting("train.progressive", "[]")));
        this.range = range;
    }

    private static ConfigLayer setting(String key, String value) {
        return new ConfigLayer.Setting("lr-find", key, value);
    }

    /**
     * Does it.
     *
     * @param progress told steps done and steps planned
     * @throws RunInterruptedException if it was asked to stop
     */
    public Found run(StopSignal stop, TrainListener listener, BiConsumer<Integer, Integer> progress) {
        RunDirectory nowhere = new RunDirectory(Path.of(config.runsDir())); // nothing is written to it
        return Rehearsal.of(config, nowhere, listener, session -> {
            try (TrainStep step = new TrainStep(session, new FinitenessGuard(session, listener), listener)) {
                return search(session, step, stop, progress);
            }
        });
    }

    private Found search(Session session, TrainStep step, StopSignal stop, BiConsumer<Integer, Integer> progress) {
        session.parts().enter(1, true, session.optimizer());
        List<LrSuggestion.Point> points = new ArrayList<>();
        double best = Double.POSITIVE_INFINITY;
        for (int epoch = 1; points.size() < range.steps(); epoch++) {
            try (Epoch batches = session.plan().loader(1).epoch(epoch, 0)) {
                while (batches.hasNext() && points.size() < range.steps()) {
                    if (stop.requested().isPresent()) {
                        throw new RunInterruptedException(stop.requested().getAsInt(), "lr-find");
                    }
                    LrSuggestion.Point point = point(step, batches.next(), epoch, points);
                    points.add(point);
                    best = Math.min(best, point.smoothed());
                    if (!(point.smoothed() <= EXPLODED * best)) {
                        progress.accept(range.steps(), range.steps());
                        points.removeIf(p -> !Double.isFinite(p.smoothed()));
                        return new Found(points, LrSuggestion.of(points, range.steps()), true);
                    }
                    progress.accept(points.size(), range.steps());
                }
            }
        }
        return new Found(points, LrSuggestion.of(points, range.steps()), false);
    }

    /** One step; a loss that is not finite is the largest of all, for that is where rates that are too large lead. */
    private LrSuggestion.Point point(TrainStep step, Batch batch, int epoch, List<LrSuggestion.Point> points) {
        int number = points.size();
        double lr = LrSuggestion.rate(range.first(), range.last(), number, range.steps());
        TrainStep.Place place = new TrainStep.Place(
                epoch, number, number, true, true, number + 1L, config.loader().batchSize());
        double loss;
        try {
            loss = step.run(batch, place, lr, OptionalDouble.empty()).loss();
        } catch (RunFailedException e) {
            loss = Double.POSITIVE_INFINITY;
        }
        double before = points.isEmpty() ? 0 : points.get(number - 1).smoothed();
        return new LrSuggestion.Point(lr, loss, LrSuggestion.smooth(before, loss, number + 1));
    }
}
