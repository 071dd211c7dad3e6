package io.sichter.train;

import io.sichter.error.Problem;
import io.sichter.error.RunFailedException;
import io.sichter.event.TrainEvent;
import io.sichter.event.TrainListener;
import io.sichter.loader.Batch;
import io.sichter.model.ModelInput;
import io.sichter.nn.ForwardTrace;
import io.sichter.tensor.Autocast;
import io.sichter.tensor.Foreach;
import io.sichter.tensor.NoGrad;
import io.sichter.tensor.Scope;
import io.sichter.text.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/**
 * What happens when a loss or a gradient is not finite: it is noticed before the weights change, so that nothing of it is
 * ever saved, and named: the step, the files, the first layer.
 */
final class FinitenessGuard implements AutoCloseable {
    private final Session session;
    private final TrainListener listener;
    private final String rule;
    private final List<Tensor> buffers;
    private final List<Tensor> remembered = new ArrayList<>();
    private long skipped;

    FinitenessGuard(Session session, TrainListener listener) {
        this.session = session;
        this.listener = listener;
        this.rule = session.config().train().nonFinite();
        this.buffers = List.copyOf(session.model().state().buffers().values());
    }

    /** Updates that were left out so far. */
    long skipped() {
        return skipped;
    }

    void restore(long saved) {
        skipped = saved;
    }

    /** Keeps the running statistics as they are before a group of batches, where that group may have to be undone. */
    void remember() {
        if (!rule.equals("skip") || buffers.isEmpty()) {
            return;
        }
        NoGrad.run(() -> {
            if (remembered.isEmpty()) {
                Scope.run(() -> buffers.forEach(
                        b -> remembered.add(Scope.release(b.detach().clone()))));
            } else {
                Foreach.copy(remembered, buffers);
            }
        });
    }

    void lossIsNotFinite(double loss, Tensor input, Batch batch, TrainStep.Place place) {
        react("training.loss_not_finite", loss, firstLayer(input), batch, place);
    }

    void gradientIsNotFinite(Batch batch, TrainStep.Place place) {
        react("training.gradient_not_finite", Double.NaN, firstGradient(), batch, place);
    }

    private void react(String key, double loss, String layer, Batch batch, TrainStep.Place place) {
        String files = String.join(", ", batch.ids());
        RunFailedException failure = new RunFailedException(Problem.of(
                key, loss, place.step(), place.epoch(), layer.isEmpty() ? Text.of("training.the_loss") : layer, files));
        switch (rule) {
            case "skip" -> {
                skipped++;
                undo();
                listener.on(new TrainEvent.Advice(Text.of(
                        "training.update_skipped",
                        failure.problem().problem(),
                        failure.problem().received(),
                        skipped)));
            }
            case "rollback" -> throw new Rollback(failure);
            default -> throw failure;
        }
    }

    private void undo() {
        session.optimizer().zeroGrad();
        if (!remembered.isEmpty()) {
            NoGrad.run(() -> Foreach.copy(buffers, remembered));
        }
    }

    /** The first layer whose output is not finite, as {@code sichter summary} numbers it; empty if all are. */
    private String firstLayer(Tensor input) {
        Engine engine = session.engine();
        return NoGrad.call(() -> Scope.call(() -> {
            try (ForwardTrace trace = ForwardTrace.watch(output -> !isFinite(output));
                    Autocast autocast = Autocast.open(engine.device(), engine.precision())) {
                session.model().forward(new ModelInput(input));
                return trace.found().orElse("");
            }
        }));
    }

    /** The first parameter on the way back whose gradient is not finite. */
    private String firstGradient() {
        return Scope.call(() -> {
            String found = "";
            for (Map.Entry<String, Tensor> entry :
                    session.model().state().parameters().entrySet()) {
                Tensor gradient = entry.getValue().grad();
                if (gradient.defined() && !isFinite(gradient)) {
                    found = entry.getKey(); // the last in the order of the network is the first on the way back
                }
            }
            return found;
        });
    }

    private static boolean isFinite(Tensor tensor) {
        return tensor.isfinite().all().item_bool();
    }

    @Override
    public void close() {
        remembered.forEach(Tensor::close);
        remembered.clear();
    }
}
