package io.sichter.train;

import io.sichter.config.TrainConfig;
import io.sichter.event.TrainListener;
import io.sichter.loader.Batch;
import io.sichter.model.ModelInput;
import io.sichter.tensor.Autocast;
import io.sichter.tensor.Foreach;
import io.sichter.tensor.NoGrad;
import io.sichter.tensor.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * One step: forward, backward and, at the end of a group of batches, the update.
 *
 * <p>Gathering: an update is that of one large batch of all pictures in its group, also where the group is the last of
 * an epoch and smaller, and where pictures could not be read: every picture counts alike. What stays different from a
 * large batch is what looks at batches: the statistics of batch norm, and class weights, whose mean is taken per batch.
 */
final class TrainStep implements AutoCloseable {
    private final Session session;
    private final TrainConfig config;
    private final BatchTransform mixing;
    private final GradientClip clip;
    private final FinitenessGuard guard;
    private final TrainListener listener;
    private GradScaler scaler;
    private long seen;
    private boolean dropped;

    /**
     * Where in the run a step is.
     *
     * @param epoch from 1
     * @param stepInEpoch from 0
     * @param step from 0
     * @param startsGroup whether gradients begin anew
     * @param endsGroup whether the update follows
     * @param update its number, from 1
     */
    record Place(
            int epoch,
            int stepInEpoch,
            long step,
            boolean startsGroup,
            boolean endsGroup,
            long update,
            int batchSize) {}

    /** What a step did: mean loss of its pictures and the classes it saw in them; nothing of a batch without pictures. */
    @SuppressWarnings("ArrayRecordComponent") // goes to the totals and is forgotten
    record Result(double loss, long[] predictions) {}

    TrainStep(Session session, FinitenessGuard guard, TrainListener listener) {
        this.session = session;
        this.config = session.config().train();
        this.mixing = Mixing.of(session.config().mix());
        this.clip = GradientClip.of(config);
        this.guard = guard;
        this.listener = listener;
        this.scaler = GradScaler.of(session.engine().precision());
    }

    GradScaler scaler() {
        return scaler;
    }

    void restore(GradScaler saved) {
        scaler = saved;
    }

    /**
     * Makes the step.
     *
     * @throws io.sichter.error.RunFailedException if something is not finite and the configuration says to stop
     * @throws Rollback if it says to go back
     */
    Result run(Batch batch, Place place, double lr, OptionalDouble momentum) {
        if (place.startsGroup()) {
            session.optimizer().zeroGrad();
            guard.remember();
            seen = 0;
            dropped = false;
        }
        try (Scope scope = Scope.open()) {
            Result result = new Result(0, new long[0]);
            if (batch.size() > 0) {
                result = forwardAndBackward(batch, place);
            }
            if (place.endsGroup() && seen > 0 && !dropped) {
                momentum.ifPresent(session.optimizer()::setMomentum);
                update(batch, place, lr);
            }
            return result;
        }
    }

    private Result forwardAndBackward(Batch batch, Place place) {
        // A single picture left over at the end of an epoch has no batch statistics: it uses the running ones.
        boolean alone = batch.size() == 1 && place.batchSize() > 1;
        session.parts().train(alone);
        Engine engine = session.engine();
        Tensor images = engine.input(batch).images();
        if (place.step() == 0) {
            InputCheck.report(images, batch, session.classes(), listener);
        }
        BatchTransform.Mixed mixed = mixing.apply(
                new BatchTransform.Mixed(images, engine.targets(batch)),
                session.classes().size(),
                Mixing.random(session.config().seed(), place.epoch(), place.stepInEpoch()));
        Tensor logits;
        Tensor loss;
        try (Autocast autocast = Autocast.open(engine.device(), engine.precision())) {
            logits = session.model().forward(new ModelInput(mixed.input()));
            loss = session.loss().compute(logits, mixed.targets());
        }
        double value = loss.item_double();
        if (!Double.isFinite(value)) {
            dropped = true;
            guard.lossIsNotFinite(value, mixed.input(), batch, place);
        } else if (!dropped) {
            scaled(loss, batch, place).backward();
            seen += batch.size();
        }
        return new Result(value, ValidationPass.predictions(logits));
    }

    /** The loss as it goes into the backward pass: each batch of a group counts by its pictures. */
    private Tensor scaled(Tensor loss, Batch batch, Place place) {
        double factor = scaler.scale();
        if (config.accumulate() > 1) {
            factor *= (double) batch.size() / place.batchSize();
        }
        return factor == 1 ? loss : loss.mul(new Scalar(factor));
    }

    private void update(Batch batch, Place place, double lr) {
        List<Tensor> parameters = new ArrayList<>();
        List<Tensor> gradients = new ArrayList<>();
        double norm = NoGrad.call(() -> {
            for (Tensor parameter : session.model().state().parameters().values()) {
                Tensor gradient = parameter.grad();
                if (gradient.defined()) {
                    parameters.add(parameter);
                    gradients.add(gradient);
                }
            }
            double factor = config.accumulate() > 1 ? (double) place.batchSize() / seen : 1;
            if (factor != scaler.scale()) {
                Foreach.mul(gradients, factor / scaler.scale());
            }
            return norm(gradients);
        });
        boolean finite = Double.isFinite(norm);
        if (GradScaler.isNeeded(session.engine().precision())) {
            scaler = scaler.after(!finite);
            if (!finite) {
                return; // the scale was too large; that is how it is found
            }
        }
        if (!finite) {
            guard.gradientIsNotFinite(batch, place);
            return;
        }
        NoGrad.run(() -> clip.apply(parameters, gradients, norm));
        session.optimizer().step(lr);
        session.average().afterUpdate(place.update());
    }

    private static double norm(List<Tensor> gradients) {
        if (gradients.isEmpty()) {
            return 0;
        }
        return torch.stack(new TensorVector(Foreach.norm(gradients).toArray(Tensor[]::new)))
                .norm()
                .item_double();
    }

    @Override
    public void close() {
        guard.close();
    }
}
