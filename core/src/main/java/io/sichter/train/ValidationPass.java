package io.sichter.train;

import io.sichter.loader.Batch;
import io.sichter.loader.DataLoader;
import io.sichter.loader.Epoch;
import io.sichter.loss.CrossEntropy;
import io.sichter.loss.Loss;
import io.sichter.model.Classifier;
import io.sichter.tensor.Autocast;
import io.sichter.tensor.NoGrad;
import io.sichter.tensor.Scope;
import io.sichter.tensor.TensorData;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * One pass over a split without training: sample-weighted cross-entropy, accuracy and confusion. The same code validates
 * an epoch and evaluates a finished run, so that both give the same figures.
 */
public final class ValidationPass {
    private final Engine engine;
    private final Classifier model;
    private final Loss loss = new CrossEntropy();

    /** For a network in whatever mode; it is put into evaluation mode for the pass. */
    public ValidationPass(Engine engine, Classifier model) {
        this.engine = engine;
        this.model = model;
    }

    /**
     * What a pass found.
     *
     * @param totals loss and confusion over all samples that could be read
     * @param skipped samples that could not
     * @param complete whether the pass reached the end
     */
    public record Outcome(EpochTotals totals, List<Batch.Skipped> skipped, boolean complete) {}

    /**
     * Goes through a split in order.
     *
     * @param goOn asked after each batch with the number of batches done; false ends the pass
     */
    public Outcome over(DataLoader split, IntPredicate goOn) {
        return over(split, goOn, (picture, truth, prediction, probabilities) -> {});
    }

    /**
     * Goes through a split in order and tells what the network says of each picture.
     *
     * @param goOn asked after each batch with the number of batches done; false ends the pass
     * @param listener told of every picture, in order
     */
    public Outcome over(DataLoader split, IntPredicate goOn, PredictionListener listener) {
        EpochTotals totals = new EpochTotals(model.numClasses());
        List<Batch.Skipped> skipped = new ArrayList<>();
        model.eval();
        try (Epoch batches = split.epoch(0, 0)) {
            for (int done = 1; batches.hasNext(); done++) {
                Batch batch = batches.next();
                skipped.addAll(batch.skipped());
                if (batch.size() > 0) {
                    NoGrad.run(() -> forward(batch, totals, listener));
                }
                if (!goOn.test(done)) {
                    return new Outcome(totals, skipped, false);
                }
            }
        }
        return new Outcome(totals, skipped, true);
    }

    private void forward(Batch batch, EpochTotals totals, PredictionListener listener) {
        try (Scope scope = Scope.open();
                Autocast autocast = Autocast.open(engine.device(), engine.precision())) {
            Tensor logits = model.forward(engine.input(batch));
            double mean = loss.compute(logits, engine.targets(batch)).item_double();
            long[] predictions = predictions(logits);
            totals.add(mean, batch.targets(), predictions);
            float[][] probabilities = probabilities(logits);
            for (int i = 0; i < batch.size(); i++) {
                listener.on(batch.ids().get(i), (int) batch.targets()[i], (int) predictions[i], probabilities[i]);
            }
        }
    }

    /** Softmax over the classes, {@code [n][classes]}. */
    private static float[][] probabilities(Tensor logits) {
        try (Scope scope = Scope.open()) {
            float[][] probabilities = new float[Math.toIntExact(logits.size(0))][Math.toIntExact(logits.size(1))];
            Tensor softmax =
                    torch.softmax(logits.to(torch.ScalarType.Double), 1).to(torch.ScalarType.Float);
            FloatBuffer values =
                    TensorData.of(softmax).data().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
            for (float[] sample : probabilities) {
                values.get(sample);
            }
            return probabilities;
        }
    }

    /** The class with the highest score of each sample, {@code [n]}; the first of equals. */
    static long[] predictions(Tensor logits) {
        try (Scope scope = Scope.open()) {
            long[] predictions = new long[Math.toIntExact(logits.size(0))];
            Tensor indices = torch.argmax(logits, new org.bytedeco.pytorch.LongOptional(1), false);
            TensorData.of(indices)
                    .data()
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .asLongBuffer()
                    .get(predictions);
            return predictions;
        }
    }
}
