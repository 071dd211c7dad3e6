package io.sichter.bench;

import io.sichter.config.OptimizerConfig;
import io.sichter.loss.CrossEntropy;
import io.sichter.loss.Loss;
import io.sichter.model.Classifier;
import io.sichter.model.Folding;
import io.sichter.model.ModelInput;
import io.sichter.model.ModelOptions;
import io.sichter.model.Models;
import io.sichter.optim.Optimizer;
import io.sichter.optim.Optimizers;
import io.sichter.tensor.Autocast;
import io.sichter.tensor.Device;
import io.sichter.tensor.Generators;
import io.sichter.tensor.InputNormalizer;
import io.sichter.tensor.NoGrad;
import io.sichter.tensor.Precision;
import io.sichter.tensor.Scope;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.SplittableRandom;
import org.bytedeco.pytorch.Tensor;

/** Our own training step on data in memory: raw pixels normalised on the device, forward, loss, backward, optimizer. */
final class InMemoryStep implements AutoCloseable {
    private static final double LEARNING_RATE = 1e-4;

    private final Precision precision;
    private final boolean inference;
    private final int imageSize;
    private final int batchSize;
    private final Classifier model;
    private final Optimizer optimizer;
    private final Loss loss = new CrossEntropy();
    private final InputNormalizer normalizer =
            new InputNormalizer(List.of(0.485, 0.456, 0.406), List.of(0.229, 0.224, 0.225), Device.CPU);
    private final ByteBuffer pixels;
    private final long[] targets;

    /**
     * Builds the network and draws the batch.
     *
     * @param precision {@code auto}, {@code fp32} or {@code bf16}
     */
    InMemoryStep(StepOptions options, String precision) {
        this(options, precision, options.fold());
    }

    /**
     * Builds the network and draws the batch.
     *
     * @param precision {@code auto}, {@code fp32} or {@code bf16}
     * @param fold whether batch norms are worked into the convolutions, for inference
     */
    InMemoryStep(StepOptions options, String precision, boolean fold) {
        this.precision = Models.precision(options.model(), precision, Device.CPU);
        inference = options.inference();
        imageSize = options.imageSize();
        batchSize = options.batchSize();
        Generators.seed(0);
        model = Models.create(options.model(), new ModelOptions(options.classes(), 3, imageSize));
        model.moveTo(Device.CPU);
        model.train(!inference);
        if (inference && fold) {
            Folding.fold(model, 1, 3, imageSize, imageSize);
        }
        optimizer = Optimizers.create(
                model.state().parameters(), OptimizerConfig.of(options.optimizer(), LEARNING_RATE, 0));
        SplittableRandom random = new SplittableRandom(1);
        byte[] bytes = new byte[batchSize * imageSize * imageSize * 3];
        random.nextBytes(bytes);
        pixels = ByteBuffer.allocateDirect(bytes.length).put(bytes).clear();
        targets = random.longs(batchSize, 0, options.classes()).toArray();
    }

    /** Runs one step; gives its loss. */
    double run() {
        return inference ? evaluate() : train();
    }

    /** The first logit stands for the loss: nobody can skip the work unseen. */
    private double evaluate() {
        return NoGrad.call(() -> Scope.call(() -> {
            Tensor images = normalizer.apply(pixels, 1, batchSize, imageSize, imageSize, 3);
            Tensor logits = Autocast.call(Device.CPU, precision, () -> model.forward(new ModelInput(images)));
            return (double) logits.flatten().get(0).item_float();
        }));
    }

    private double train() {
        double[] result = new double[1];
        Scope.run(() -> {
            optimizer.zeroGrad();
            Tensor images = normalizer.apply(pixels, 1, batchSize, imageSize, imageSize, 3);
            Tensor value = Autocast.call(
                    Device.CPU,
                    precision,
                    () -> loss.compute(model.forward(new ModelInput(images)), Tensor.create(targets)));
            value.backward();
            optimizer.step(LEARNING_RATE);
            result[0] = value.item_float();
        });
        return result[0];
    }

    /** What {@code auto} came to. */
    Precision precision() {
        return precision;
    }

    @Override
    public void close() {
        normalizer.close();
        optimizer.close();
        model.close();
    }
}
