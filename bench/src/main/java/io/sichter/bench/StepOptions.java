package io.sichter.bench;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** What a training step on data in memory is made of; the same words for every side. */
public final class StepOptions {
    @Option(names = "--model", description = "network (default: ${DEFAULT-VALUE})")
    private String model = "resnet50";

    @Option(names = "--image-size", description = "pixels (default: ${DEFAULT-VALUE})")
    private int imageSize = 128;

    @Option(names = "--batch-size", description = "pictures per step (default: ${DEFAULT-VALUE})")
    private int batchSize = 32;

    @Option(names = "--classes", description = "outputs of the network (default: ${DEFAULT-VALUE})")
    private int classes = 1000;

    @Option(names = "--optimizer", description = "optimizer (default: ${DEFAULT-VALUE})")
    private String optimizer = "sgd";

    @Option(names = "--precision", description = "fp32, bf16 or auto, of our side (default: ${DEFAULT-VALUE})")
    private String precision = "bf16";

    @Option(names = "--inference", description = "measure the forward pass in evaluation mode alone")
    private boolean inference;

    @Option(names = "--fold", description = "work batch norms into convolutions, as evaluate and predict do")
    private boolean fold;

    /** The network's name. */
    public String model() {
        return model;
    }

    /** Height and width of the pictures. */
    public int imageSize() {
        return imageSize;
    }

    /** Pictures in a step. */
    public int batchSize() {
        return batchSize;
    }

    /** Outputs of the network. */
    public int classes() {
        return classes;
    }

    /** The optimizer's name. */
    public String optimizer() {
        return optimizer;
    }

    /** Precision of our side: {@code fp32}, {@code bf16} or {@code auto}. */
    public String precision() {
        return precision;
    }

    /** Whether only the forward pass is measured, in evaluation mode. */
    public boolean inference() {
        return inference;
    }

    /** Whether batch norms are worked into the convolutions before inference. */
    public boolean fold() {
        return fold;
    }

    /** What the table is called. */
    public String title() {
        return (inference ? "inference: " : "training step: ") + model + ", " + imageSize + " px, batch " + batchSize
                + ", " + optimizer;
    }

    /** The options as a child's command line, without the precision. */
    public List<String> arguments() {
        List<String> arguments = new ArrayList<>(List.of(
                "--model",
                model,
                "--image-size",
                Integer.toString(imageSize),
                "--batch-size",
                Integer.toString(batchSize),
                "--classes",
                Integer.toString(classes),
                "--optimizer",
                optimizer));
        if (inference) {
            arguments.add("--inference");
        }
        if (fold) {
            arguments.add("--fold");
        }
        return arguments;
    }

    /** The command line of our own side: {@code StepBench --serve}, in a JVM like this one. */
    public List<String> ours() {
        List<String> arguments = new ArrayList<>(arguments());
        arguments.addAll(List.of("--precision", precision, "--serve"));
        return PeerProcess.java(
                System.getProperty("java.class.path"), "io.sichter.bench.StepBench", List.of(), arguments);
    }
}
