package io.sichter.bench.djl;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.basicmodelzoo.cv.classification.ResNetV1;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.GradientCollector;
import ai.djl.training.Trainer;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * ResNet-50 training steps in DJL on data in memory, answering the protocol of {@code StepServer}: one line {@code run N}
 * in, one line of JSON out.
 *
 * <p>Arguments: {@code --model resnet50 --image-size 128 --batch-size 32 --optimizer sgd --classes 1000}. fp32 and NCHW are
 * DJL's only mode.
 */
public final class DjlStep implements AutoCloseable {
    private static final float LEARNING_RATE = 1e-3f;

    private final Model model;
    private final Trainer trainer;
    private final NDManager manager;
    private final NDArray pixels;
    private final NDArray targets;

    private DjlStep(Map<String, String> options) {
        int size = Integer.parseInt(options.getOrDefault("image-size", "128"));
        int batch = Integer.parseInt(options.getOrDefault("batch-size", "32"));
        int classes = Integer.parseInt(options.getOrDefault("classes", "1000"));
        String name = options.getOrDefault("model", "resnet50");
        Engine.getInstance().setRandomSeed(0);
        model = Model.newInstance(name, Device.cpu());
        model.setBlock(ResNetV1.builder()
                .setImageShape(new Shape(3, size, size))
                .setNumLayers(layers(name))
                .setOutSize(classes)
                .build());
        trainer = model.newTrainer(new DefaultTrainingConfig(Loss.softmaxCrossEntropyLoss())
                .optDevices(new Device[] {Device.cpu()})
                .optOptimizer(optimizer(options.getOrDefault("optimizer", "sgd"))));
        trainer.initialize(new Shape(batch, 3, size, size));
        manager = NDManager.newBaseManager(Device.cpu());
        pixels = manager.randomUniform(0, 1, new Shape(batch, 3, size, size), DataType.FLOAT32);
        targets = manager.randomInteger(0, classes, new Shape(batch), DataType.INT64);
    }

    private static int layers(String name) {
        return switch (name) {
            case "resnet18" -> 18;
            case "resnet50" -> 50;
            default ->
                throw new IllegalArgumentException("--model " + name + ": this peer knows resnet18 and resnet50");
        };
    }

    private static Optimizer optimizer(String name) {
        Tracker rate = Tracker.fixed(LEARNING_RATE);
        return switch (name) {
            case "sgd" ->
                Optimizer.sgd().setLearningRateTracker(rate).optMomentum(0.9f).build();
            case "adamw" -> Optimizer.adamW().optLearningRateTracker(rate).build();
            default -> throw new IllegalArgumentException("--optimizer " + name + ": this peer knows sgd and adamw");
        };
    }

    /** Runs one step: forward, loss, backward, update; gives the loss. */
    private float step() {
        try (NDManager scope = manager.newSubManager()) {
            // DJL attaches results to the manager of their input: lent to the scope, they end with the step.
            pixels.tempAttach(scope);
            targets.tempAttach(scope);
            try (GradientCollector collector = trainer.newGradientCollector()) {
                NDList output = trainer.forward(new NDList(pixels), new NDList(targets));
                NDArray loss = trainer.getLoss().evaluate(new NDList(targets), output);
                collector.backward(loss);
                trainer.step();
                return loss.getFloat();
            }
        }
    }

    private String run(int steps) {
        long start = System.nanoTime();
        float loss = Float.NaN;
        for (int i = 0; i < steps; i++) {
            loss = step();
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        long images = steps * pixels.getShape().get(0);
        return String.format(Locale.ROOT, "{\"images\": %d, \"seconds\": %.6f, \"loss\": %.6f}", images, seconds, loss);
    }

    @Override
    public void close() {
        manager.close();
        trainer.close();
        model.close();
    }

    /** Reads {@code run N} lines until the input ends. */
    public static void main(String[] args) throws IOException {
        Map<String, String> options = new TreeMap<>();
        for (int i = 0; i + 1 < args.length; i += 2) {
            options.put(args[i].replaceFirst("^--", ""), args[i + 1]);
        }
        // The protocol owns standard output; whatever else prints goes to standard error.
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        System.setOut(System.err);
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        try (DjlStep step = new DjlStep(options)) {
            out.printf(
                    Locale.ROOT,
                    "{\"ready\": \"djl %s, libtorch %s\"}%n",
                    Engine.getDjlVersion(),
                    Engine.getInstance().getVersion());
            String line = in.readLine();
            while (line != null) {
                out.println(step.run(Integer.parseInt(line.replaceFirst("^run ", ""))));
                line = in.readLine();
            }
        }
    }
}
