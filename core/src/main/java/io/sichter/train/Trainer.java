package io.sichter.train;

import io.sichter.error.Problem;
import io.sichter.error.RunFailedException;
import io.sichter.error.RunInterruptedException;
import io.sichter.event.TrainEvent;
import io.sichter.event.TrainListener;
import io.sichter.loader.Batch;
import io.sichter.loader.Epoch;
import io.sichter.model.ModelInput;
import io.sichter.run.CheckpointStore;
import io.sichter.run.EpochMetrics;
import io.sichter.run.EpochTiming;
import io.sichter.run.History;
import io.sichter.run.Monitor;
import io.sichter.run.PredictionsWriter;
import io.sichter.run.TrainState;
import io.sichter.tensor.Autocast;
import io.sichter.tensor.Scope;
import io.sichter.text.Text;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/**
 * The training loop. Listeners observe it; what may change it stands in the configuration: schedule, monitor,
 * checkpoint rule.
 *
 * <p>Read from the top: a run is epochs, an epoch is steps and a validation, a step is forward, backward, update.
 */
final class Trainer {
    private final Session session;
    private final Checkpoints checkpoints;
    private final Monitor monitor;
    private final StopSignal stop;
    private final TrainListener listener;
    private final long started = System.nanoTime();

    private int epochsDone;
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
        history = state.history();
        earlierSeconds = state.seconds();
    }

    /** Trains until all epochs are done. */
    TrainResult run() {
        int epochs = session.config().train().epochs();
        listener.on(new TrainEvent.RunStarted(
                session.run().path(),
                session.model().architecture(),
                epochs,
                session.stepsPerEpoch(),
                step,
                session.engine().device().toString(),
                session.engine().precision().toString()));
        history.write(session.run()); // a killed process may have written rows that this one makes again
        while (epochsDone < epochs) {
            runEpoch(epochsDone + 1, epochs);
        }
        return result();
    }

    private void runEpoch(int epoch, int epochs) {
        listener.on(new TrainEvent.EpochStarted(epoch, epochs, session.stepsPerEpoch()));
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
        session.model().train(true);
        try (Epoch batches = session.train().epoch(epoch, stepInEpoch)) {
            while (batches.hasNext()) {
                long begin = System.nanoTime();
                long waitedBefore = batches.waitNanos();
                Batch batch = batches.next();
                reportSkipped(epoch, batch);
                if (batch.size() > 0) {
                    if (step == 0) {
                        keep(batch);
                    }
                    trainStep(batch);
                }
                stepInEpoch++;
                step++;
                totals.addTime(secondsSince(begin), (batches.waitNanos() - waitedBefore) / 1e9);
                listener.on(new TrainEvent.StepDone(
                        epoch,
                        stepInEpoch,
                        session.stepsPerEpoch(),
                        step,
                        totals.loss(),
                        totals.accuracy(),
                        totals.f1Macro(),
                        session.schedule().lr(step - 1)));
                boolean saved = checkpoints.due(step) && save();
                stopIfAsked(saved);
            }
        }
    }

    /** The first pictures are there to be looked at; a training does not fail by them. */
    private void keep(Batch batch) {
        try {
            FirstBatch.write(batch, session.classes(), session.run());
        } catch (RuntimeException e) {
            listener.on(new TrainEvent.Advice(Text.of("train.first_batch", String.valueOf(e.getMessage()))));
        }
    }

    private void trainStep(Batch batch) {
        // A single picture left over at the end of an epoch has no batch statistics: it uses the running ones.
        boolean alone = batch.size() == 1 && session.config().loader().batchSize() > 1;
        session.model().train(!alone);
        try (Scope scope = Scope.open()) {
            Tensor logits;
            Tensor loss;
            try (Autocast autocast =
                    Autocast.open(session.engine().device(), session.engine().precision())) {
                ModelInput input = session.engine().input(batch);
                if (step == 0) {
                    InputCheck.report(input.images(), batch, session.classes(), listener);
                }
                logits = session.model().forward(input);
                loss = session.loss().compute(logits, session.engine().targets(batch));
            }
            double value = loss.item_double();
            if (!Double.isFinite(value)) {
                throw notFinite(value, batch);
            }
            session.optimizer().zeroGrad();
            loss.backward();
            session.optimizer().step(session.schedule().lr(step));
            totals.add(value, batch.targets(), ValidationPass.predictions(logits));
        }
    }

    private EpochTotals validate(int epoch, PredictionsWriter predictions) {
        int batches = session.validation().batches();
        ValidationPass.Outcome outcome = new ValidationPass(session.engine(), session.model())
                .over(
                        session.validation(),
                        done -> {
                            listener.on(new TrainEvent.ValidationBatchDone(epoch, done, batches));
                            return stop.requested().isEmpty() || done == batches;
                        },
                        predictions::add);
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
        values.put("lr", session.schedule().lr(Math.max(0, step - 1)));
        return new EpochMetrics(epoch, values);
    }

    private java.util.Optional<EpochMetrics> bestMetrics() {
        return history.metrics().stream().filter(m -> m.epoch() == best.epoch()).findFirst();
    }

    private void stopIfAsked(boolean saved) {
        boolean finished = epochsDone == session.config().train().epochs();
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
                session.totalSteps(),
                best,
                totals.sums(),
                checkpoints.generators(),
                history,
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

    private RunFailedException notFinite(double value, Batch batch) {
        return new RunFailedException(
                Problem.of("train.not_finite", value, step, epochsDone + 1, String.join(", ", batch.ids())));
    }

    private static double secondsSince(long nanoTime) {
        return (System.nanoTime() - nanoTime) / 1e9;
    }
}
