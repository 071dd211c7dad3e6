package io.sichter.train;

import io.sichter.config.RunConfig;
import io.sichter.error.RunInterruptedException;
import io.sichter.event.TrainListener;
import io.sichter.loader.Epoch;
import io.sichter.run.History;
import io.sichter.run.PolicyState;
import io.sichter.run.RunDirectory;
import io.sichter.run.TrainState;
import io.sichter.storage.DurableFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/**
 * Does a little of everything that a training does and tells what all of it will take: a few steps of every stage, a few
 * batches of the validation, one checkpoint. The network is thrown away, and nothing stays on disk.
 */
public final class DryRun {
    /** The first step prepares what later ones use; it is not counted where there are others. */
    private static final int STEPS = 3;

    private static final int VALIDATION_BATCHES = 2;

    private DryRun() {}

    /**
     * Epochs that are alike.
     *
     * @param size height and width of the training pictures, pixels
     * @param steps of one epoch
     * @param stepSeconds of one step, waiting for its pictures included
     */
    public record Stage(int epochs, int size, int steps, double stepSeconds) {}

    /**
     * What was measured.
     *
     * @param validationBatches of one validation
     * @param batchSeconds of one of them
     * @param checkpointBytes size of one checkpoint
     * @param checkpointSeconds to write it
     * @param checkpoints kept at the most, the best one included
     * @param peakRssMb largest memory of the process, MiB; NaN where the system does not tell
     */
    public record Result(
            List<Stage> stages,
            int validationBatches,
            double batchSeconds,
            long checkpointBytes,
            double checkpointSeconds,
            int checkpoints,
            double peakRssMb) {
        /** Copies the list. */
        public Result {
            stages = List.copyOf(stages);
        }

        /** Seconds that the whole training will take after its pictures were looked through, if all goes on like this. */
        public double seconds() {
            return stages.stream()
                    .mapToDouble(stage -> stage.epochs()
                            * (stage.steps() * stage.stepSeconds()
                                    + validationBatches * batchSeconds
                                    + checkpointSeconds))
                    .sum();
        }

        /** Bytes of the checkpoints that are there at the same time; the bundle is a link to one of them. */
        public long diskBytes() {
            return checkpoints * checkpointBytes;
        }
    }

    /**
     * Does it.
     *
     * @throws RunInterruptedException if it was asked to stop
     */
    public static Result of(RunConfig config, StopSignal stop, TrainListener listener) {
        Path folder = Path.of(config.runsDir())
                .resolve(DurableFiles.TEMPORARY_PREFIX + "dry-run-"
                        + ProcessHandle.current().pid());
        try {
            return Rehearsal.of(
                    config, new RunDirectory(folder), listener, session -> measure(session, stop, listener));
        } finally {
            DurableFiles.deleteTree(folder);
        }
    }

    private static Result measure(Session session, StopSignal stop, TrainListener listener) {
        List<Stage> stages = new ArrayList<>();
        int epochs = session.config().epochs();
        try (TrainStep step = new TrainStep(session, new FinitenessGuard(session, listener), listener)) {
            for (int epoch = 1; epoch <= epochs; ) {
                Plan.Stage stage = session.plan().stage(epoch);
                double seconds = steps(session, step, stage, stop);
                stages.add(new Stage(stage.epochs(), stage.size(), stage.steps(), seconds));
                epoch += stage.epochs();
            }
        }
        double batch = validation(session);
        long begin = System.nanoTime();
        Checkpoints checkpoints = new Checkpoints(session);
        checkpoints.save(state(session, checkpoints));
        double saving = (System.nanoTime() - begin) / 1e9;
        return new Result(
                stages,
                session.validation().batches(),
                batch,
                size(session.run().checkpoints()),
                saving,
                session.config().checkpoint().keep() + 1,
                ProcessMemory.peakRssMb());
    }

    private static double steps(Session session, TrainStep step, Plan.Stage stage, StopSignal stop) {
        int epoch = stage.firstEpoch();
        double best = Double.NaN;
        try (Epoch batches = session.plan().loader(epoch).epoch(epoch, 0)) {
            for (int i = 0; i < STEPS && batches.hasNext(); i++) {
                if (stop.requested().isPresent()) {
                    throw new RunInterruptedException(stop.requested().getAsInt(), "dry-run");
                }
                long begin = System.nanoTime();
                TrainStep.Place place = new TrainStep.Place(epoch, i, i + 1L, true, true, i + 1L, stage.batchSize());
                step.run(batches.next(), place, session.plan().lr(epoch, i), OptionalDouble.empty());
                double seconds = (System.nanoTime() - begin) / 1e9;
                best = Double.isNaN(best) ? seconds : Math.min(best, seconds);
            }
        }
        return best;
    }

    private static double validation(Session session) {
        List<Long> times = new ArrayList<>(List.of(System.nanoTime()));
        new ValidationPass(session.engine(), session.model()).over(session.validation(), done -> {
            times.add(System.nanoTime());
            return done < VALIDATION_BATCHES;
        });
        double fastest = Double.POSITIVE_INFINITY;
        for (int i = 1; i < times.size(); i++) {
            fastest = Math.min(fastest, (times.get(i) - times.get(i - 1)) / 1e9);
        }
        return fastest;
    }

    private static TrainState state(Session session, Checkpoints checkpoints) {
        return new TrainState(
                1,
                0,
                0,
                0,
                session.plan().totalSteps(),
                TrainState.Best.none(),
                new EpochTotals(session.classes().size()).sums(),
                checkpoints.generators(),
                History.empty(),
                PolicyState.none(),
                0);
    }

    private static long size(Path folder) {
        try (Stream<Path> walk = Files.walk(folder)) {
            long bytes = 0;
            for (Path file : walk.filter(Files::isRegularFile).toList()) {
                bytes += Files.size(file);
            }
            return bytes;
        } catch (IOException e) {
            throw DurableFiles.failure("read", folder, e);
        }
    }
}
