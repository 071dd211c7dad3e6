package io.sichter.train;

import io.sichter.error.RunInterruptedException;
import io.sichter.event.TrainEvent;
import io.sichter.event.TrainListener;
import io.sichter.loader.Batch;
import io.sichter.loader.Epoch;
import io.sichter.run.CheckpointStore;
import io.sichter.run.EpochMetrics;
import io.sichter.run.EpochTiming;
import io.sichter.run.History;
import io.sichter.run.Monitor;
import io.sichter.run.PolicyState;
import io.sichter.run.PredictionsWriter;
import io.sichter.run.TrainState;
import io.sichter.text.Text;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The training loop. Listeners observe it; what may change it stands in the configuration, each behind a narrow
 * interface: the plan of stages, the learning rate, how a step is made, the average of the weights, the monitor, the
 * early stop and the checkpoint rule.
 *
 * <p>Read from the top: a run is epochs, an epoch is steps and a validation, a step is forward, backward, update.
 */
final class Trainer implements AutoCloseable {
    private static final int MOST_ROLLBACKS = 3;

    private final Session session;
    private final Checkpoints checkpoints;
    private final Monitor monitor;
    private final EarlyStop earlyStop;
    private final Rates rates;
    private final FinitenessGuard guard;
    private final TrainStep trainStep;
    private final StopSignal stop;
    private final TrainListener listener;
    private final long started = System.nanoTime();

    private int epochsDone;
    private int rollbacks;
    private long groupStart;
    private int stepInEpoch;
    private long step;
    private TrainState.Best best = TrainState.Best.none();
    private EpochTotals totals;
    private History history = History.empty();
    private double earlierSeconds;

    Trainer(Session session, StopSignal stop, TrainListener listener) {
        this.session = session;
        this.checkpoints = new Checkpoints(session);
        this.monitor = new Monitor(session.config().train().monitor());
        this.earlyStop = EarlyStop.of(session.config());
        this.rates = new Rates(session.config(), session.plan());
        this.guard = new FinitenessGuard(session, listener);
        this.trainStep = new TrainStep(session, guard, listener);
        this.stop = stop;
        this.listener = listener;
        this.totals = new EpochTotals(session.classes().size());
    }

    /** Goes back to a checkpoint; to be called before {@link #run}. */
    void restore(CheckpointStore.Loaded loaded) {
        checkpoints.restore(loaded);
        TrainState state = loaded.state();
        epochsDone = state.epochsDone();
        stepInEpoch = state.stepInEpoch();
        step = state.step();
        best = state.best();
        totals = EpochTotals.restore(session.classes().size(), state.sums());
        groupStart = step;
        history = state.history();
        earlierSeconds = state.seconds();
        rollbacks = state.policies().rollbacks();
        guard.restore(state.policies().skippedUpdates());
        trainStep.restore(
                new GradScaler(state.policies().lossScale(), state.policies().soundUpdates()));
    }

    /** Trains until all epochs are done. */
    TrainResult run() {
        int epochs = session.config().epochs();
        listener.on(new TrainEvent.RunStarted(
                session.run().path(),
                session.model().architecture(),
                epochs,
                session.plan().stage(epochsDone + 1).steps(),
                step,
                session.engine().device().toString(),
                session.engine().precision().toString()));
        history.write(session.run()); // a killed process may have written rows that this one makes again
        while (epochsDone < epochs && !earlyStop.isOver(history)) {
            try {
                runEpoch(epochsDone + 1, epochs);
            } catch (Rollback e) {
                rollBack(e);
            }
        }
        if (epochsDone < epochs) {
            listener.on(new TrainEvent.Advice(
                    Text.of("training.stopped_early", epochsDone, epochs, earlyStop.metric(), earlyStop.patience())));
        }
        return result();
    }

    /** Goes back to the last checkpoint, to go on with half the rate; gives up where that has not helped before. */
    private void rollBack(Rollback cause) {
        CheckpointStore store = new CheckpointStore(session.run());
        int number = rollbacks + 1;
        if (number > MOST_ROLLBACKS || store.isEmpty()) {
            throw cause.failure();
        }
        CheckpointStore.Loaded loaded = store.newest();
        restore(loaded);
        rollbacks = number;
        history.write(session.run());
        listener.on(new TrainEvent.Advice(Text.of(
                "training.rolled_back",
                cause.failure().problem().problem(),
                cause.failure().problem().received(),
                loaded.path().getFileName(),
                number)));
    }

    private void runEpoch(int epoch, int epochs) {
        listener.on(new TrainEvent.EpochStarted(
                epoch, epochs, session.plan().stage(epoch).steps()));
        session.parts()
                .enter(epoch, stepInEpoch == 0, session.optimizer())
                .ifPresent(text -> listener.on(new TrainEvent.Advice(text)));
        trainSteps(epoch);
        try (PredictionsWriter predictions = new PredictionsWriter(
                session.run().predictions("val"), session.classes().names())) {
            validateAndSave(epoch, epochs, predictions);
        }
        stopIfAsked(false);
    }

    private void validateAndSave(int epoch, int epochs, PredictionsWriter predictions) {
        long begin = System.nanoTime();
        EpochTotals validation = validate(epoch, predictions);
        double validationSeconds = secondsSince(begin);

        EpochMetrics metrics = metrics(epoch, validation);
        boolean isBest = monitor.isBetter(metrics, bestMetrics());
        EpochTiming timing = new EpochTiming(
                epoch,
                (int) totals.confusion().total(),
                totals.seconds(),
                totals.waitSeconds(),
                validationSeconds,
                ProcessMemory.peakRssMb());
        history = history.with(metrics, timing);
        history.write(session.run());
        totals = new EpochTotals(session.classes().size());
        epochsDone = epoch;
        stepInEpoch = 0;
        if (isBest) {
            best = new TrainState.Best(epoch, CheckpointStore.name(state()));
            predictions.commit();
        }
        save();
        ProcessMemory.trim();
        listener.on(new TrainEvent.EpochDone(
                epoch,
                epochs,
                metrics.values(),
                isBest,
                timing.trainSeconds(),
                validationSeconds,
                timing.loaderWaitSeconds(),
                timing.trainImages()));
    }

    private void trainSteps(int epoch) {
        Plan plan = session.plan();
        try (Epoch batches = plan.loader(epoch).epoch(epoch, stepInEpoch)) {
            while (batches.hasNext()) {
                long begin = System.nanoTime();
                long waitedBefore = batches.waitNanos();
                Batch batch = batches.next();
                reportSkipped(epoch, batch);
                if (batch.size() > 0 && step == 0) {
                    keep(batch);
                }
                boolean update = plan.endsGroup(epoch, stepInEpoch + 1);
                double lr = rates.lr(epoch, stepInEpoch, history, rollbacks);
                double batchLoss = trainStep(batch, epoch, update, lr);
                stepInEpoch++;
                step++;
                if (stepInEpoch == plan.stage(epoch).steps()) {
                    session.average().afterEpoch(epoch); // before any checkpoint of this step, so that it is done once
                }
                totals.addTime(secondsSince(begin), (batches.waitNanos() - waitedBefore) / 1e9);
                listener.on(new TrainEvent.StepDone(
                        epoch,
                        stepInEpoch,
                        plan.stage(epoch).steps(),
                        step,
                        batchLoss,
                        totals.loss(),
                        totals.accuracy(),
                        totals.f1Macro(),
                        lr));
                if (update) { // gathered gradients are in no checkpoint: a run stops and saves between updates
                    boolean saved = checkpoints.due(groupStart, step) && save();
                    groupStart = step;
                    stopIfAsked(saved);
                }
            }
        }
    }

    private double trainStep(Batch batch, int epoch, boolean update, double lr) {
        Plan plan = session.plan();
        TrainStep.Place place = new TrainStep.Place(
                epoch,
                stepInEpoch,
                step,
                step == groupStart,
                update,
                plan.update(epoch, stepInEpoch),
                plan.stage(epoch).batchSize());
        TrainStep.Result result = trainStep.run(batch, place, lr, plan.momentum(epoch, stepInEpoch));
        if (result.predictions().length == 0) {
            return Double.NaN;
        }
        totals.add(result.loss(), batch.targets(), result.predictions());
        return result.loss();
    }

    /** The first pictures are there to be looked at; a training does not fail by them. */
    private void keep(Batch batch) {
        try {
            SeenBatch seen =
                    SeenBatch.of(batch, session.config(), session.classes().size(), 1, 0);
            FirstBatch.write(seen, session.classes(), session.run());
        } catch (RuntimeException e) {
            listener.on(new TrainEvent.Advice(Text.of("train.first_batch", String.valueOf(e.getMessage()))));
        }
    }

    private EpochTotals validate(int epoch, PredictionsWriter predictions) {
        int batches = session.validation().batches();
        ValidationPass.Outcome outcome =
                AveragedWeights.during(session, () -> new ValidationPass(session.engine(), session.model())
                        .over(
                                session.validation(),
                                done -> {
                                    listener.on(new TrainEvent.ValidationBatchDone(epoch, done, batches));
                                    return stop.requested().isEmpty() || done == batches;
                                },
                                predictions::add));
        outcome.skipped().forEach(s -> listener.on(new TrainEvent.SampleSkipped(epoch, s.id(), s.reason())));
        if (!outcome.complete()) {
            stopIfAsked(false);
        }
        return outcome.totals();
    }

    private EpochMetrics metrics(int epoch, EpochTotals validation) {
        Map<String, Double> values = new LinkedHashMap<>();
        values.put("train_loss", totals.loss());
        values.put("train_accuracy", totals.accuracy());
        values.put("train_f1_macro", totals.f1Macro());
        values.put("val_loss", validation.loss());
        values.put("val_accuracy", validation.accuracy());
        values.put("val_f1_macro", validation.f1Macro());
        values.put("lr", rates.lr(epoch, Math.max(0, stepInEpoch - 1), history, rollbacks));
        return new EpochMetrics(epoch, values);
    }

    private java.util.Optional<EpochMetrics> bestMetrics() {
        return history.metrics().stream().filter(m -> m.epoch() == best.epoch()).findFirst();
    }

    private void stopIfAsked(boolean saved) {
        boolean finished = epochsDone == session.config().epochs();
        if (stop.requested().isPresent() && !finished) {
            if (!saved && stepInEpoch > 0) {
                save();
            }
            throw new RunInterruptedException(
                    stop.requested().getAsInt(), session.run().path().toString());
        }
    }

    private boolean save() {
        long begin = System.nanoTime();
        String name = checkpoints.save(state());
        listener.on(new TrainEvent.CheckpointSaved(epochsDone, step, name, secondsSince(begin)));
        return true;
    }

    private TrainState state() {
        return new TrainState(
                1,
                epochsDone,
                stepInEpoch,
                step,
                session.plan().totalSteps(),
                best,
                totals.sums(),
                checkpoints.generators(),
                history,
                new PolicyState(
                        guard.skipped(),
                        rollbacks,
                        trainStep.scaler().scale(),
                        trainStep.scaler().sound()),
                earlierSeconds + secondsSince(started));
    }

    private TrainResult result() {
        return new TrainResult(
                session.run().path(),
                session.model().architecture(),
                epochsDone,
                best.epoch(),
                bestMetrics().map(EpochMetrics::values).orElse(Map.of()),
                history.imagesPerSecond(),
                history.loaderWaitFraction(),
                earlierSeconds + secondsSince(started),
                ProcessMemory.peakRssMb());
    }

    private void reportSkipped(int epoch, Batch batch) {
        batch.skipped().forEach(s -> listener.on(new TrainEvent.SampleSkipped(epoch, s.id(), s.reason())));
    }

    @Override
    public void close() {
        trainStep.close();
    }

    private static double secondsSince(long nanoTime) {
        return (System.nanoTime() - nanoTime) / 1e9;
    }
}
