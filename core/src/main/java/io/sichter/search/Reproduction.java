package io.sichter.search;

import io.sichter.config.ConfigLayer;
import io.sichter.config.ConfigReader;
import io.sichter.config.RunConfig;
import io.sichter.error.Problem;
import io.sichter.error.RunInterruptedException;
import io.sichter.error.UsageException;
import io.sichter.event.TrainEvent;
import io.sichter.event.TrainListener;
import io.sichter.run.MetricsFile;
import io.sichter.run.RunDirectory;
import io.sichter.train.StopSignal;
import io.sichter.train.Training;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Trains a run again from its own record and compares what came of it bit by bit: the proof that nothing but the record
 * decides what a run becomes.
 *
 * <p>The repetition is a run of its own beside the first, {@code NAME-repro}. It divides the pictures anew; where that
 * gives another division than the record has, nothing is trained, for the first difference is found. A run that did not
 * get to its end is repeated as far as it got.
 */
public final class Reproduction {
    private static final int OWN_STOP = 1;

    private final RunDirectory run;
    private final Options options;
    private final RunConfig config;
    private final int epochs;

    /**
     * What may be said about a repetition.
     *
     * @param data the pictures, where they are no longer where the record says
     * @param epochs how many epochs are enough; all that the run has done if empty
     * @param keep whether the repetition stays although it is equal; one that differs stays in any case
     */
    public record Options(Optional<Path> data, OptionalInt epochs, boolean keep) {
        /** Everything, at the recorded place; an equal repetition is deleted. */
        public static Options usual() {
            return new Options(Optional.empty(), OptionalInt.empty(), false);
        }
    }

    /**
     * Prepares it; nothing is written.
     *
     * @param path directory of the run
     * @throws UsageException if it is not a run, or has no finished epoch, or fewer than are to be compared
     */
    public Reproduction(Path path, Options options) {
        this.run = RunDirectory.open(path);
        this.options = options;
        int done = MetricsFile.read(run.metrics()).size();
        if (done == 0) {
            throw new UsageException(Problem.of("search.repro.no_epoch", path));
        }
        if (options.epochs().orElse(1) < 1 || options.epochs().orElse(1) > done) {
            throw new UsageException(
                    Problem.of("search.repro.epochs", options.epochs().getAsInt(), done));
        }
        this.epochs = options.epochs().orElse(done);
        this.config = repeated(run, options);
    }

    /** The recorded configuration; only where the pictures are and where the run is made may differ. */
    private static RunConfig repeated(RunDirectory run, Options options) {
        Path folder = run.path().toAbsolutePath().normalize();
        List<ConfigLayer> layers = new ArrayList<>(List.of(
                new ConfigLayer.Setting("repro", "runs_dir", String.valueOf(folder.getParent())),
                new ConfigLayer.Setting("repro", "run_name", folder.getFileName() + "-repro"),
                new ConfigLayer.Setting("repro", "exist_ok", "false")));
        options.data().ifPresent(data -> layers.add(new ConfigLayer.Setting("DATA", "data.path", data.toString())));
        return ConfigReader.resolve(ConfigReader.read(run.config()), layers);
    }

    /**
     * Repeats the run.
     *
     * @param stop asks the repetition to stop
     * @param listeners observe it
     * @throws RunInterruptedException if it was asked to stop; what there is of the repetition stays
     */
    public ReproductionResult repeat(StopSignal stop, List<TrainListener> listeners) {
        long begin = System.nanoTime();
        Limit limit = new Limit(stop);
        List<TrainListener> all = new ArrayList<>(listeners);
        all.add(limit);
        try {
            Training.start(config, limit.signal, all);
        } catch (RunInterruptedException e) {
            if (stop.requested().isPresent() || limit.repetition == null) {
                throw e;
            }
        }
        RunDirectory repetition = limit.repetition();
        TwoRuns comparison = new TwoRuns(run, repetition);
        ReproductionResult result = new ReproductionResult(
                run.path(),
                repetition.path(),
                limit.sameData ? epochs : 0,
                comparison.conditions(),
                comparison.firstDifference(epochs),
                limit.sameData ? comparison.weights() : List.of(),
                !options.keep(),
                (System.nanoTime() - begin) / 1e9);
        if (result.deleted()) {
            repetition.delete();
        }
        return result;
    }

    /** Ends the repetition where there is nothing more to find out, and passes on that somebody wants it to end. */
    private final class Limit implements TrainListener {
        private final StopSignal asked;
        private final StopSignal signal = new StopSignal();
        private @Nullable RunDirectory repetition;
        private boolean sameData = true;

        Limit(StopSignal asked) {
            this.asked = asked;
        }

        RunDirectory repetition() {
            RunDirectory made = repetition;
            if (made == null) {
                throw new IllegalStateException("a run that has ended was never started");
            }
            return made;
        }

        @Override
        public void on(TrainEvent event) {
            asked.requested().ifPresent(signal::request);
            if (event instanceof TrainEvent.RunStarted started) {
                RunDirectory made = new RunDirectory(started.run());
                repetition = made;
                sameData = new TwoRuns(run, made).data().isEmpty();
            } else if (event instanceof TrainEvent.EpochDone done
                    && done.epoch() == epochs
                    && epochs < config.epochs()) {
                signal.request(OWN_STOP);
            }
            if (!sameData) {
                signal.request(OWN_STOP);
            }
        }
    }
}
