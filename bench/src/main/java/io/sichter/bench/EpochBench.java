package io.sichter.bench;

import com.fasterxml.jackson.databind.JsonNode;
import io.sichter.bench.Comparison.Better;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Whole training epochs through the launcher (decode, random crop, flip, train) beside the same step on data in memory
 * and beside a whole run of PyTorch. Figures are training pictures per second from the second epoch on.
 */
@Command(
        name = "EpochBench",
        mixinStandardHelpOptions = true,
        description = "Whole epochs beside the step on data in memory and beside PyTorch.")
public final class EpochBench implements Callable<Integer> {
    private static final double TARGET_MEMORY = 0.9;
    private static final double TARGET_PYTORCH = 1.1;

    @Mixin
    private BenchOptions options = new BenchOptions();

    @Parameters(paramLabel = "DATA", description = "folder with train/ and val/")
    private Path data = Path.of(".");

    @Option(names = "--model", description = "network (default: ${DEFAULT-VALUE})")
    private String model = "resnet18";

    @Option(names = "--epochs", description = "epochs of a run, at least 2 (default: ${DEFAULT-VALUE})")
    private int epochs = 3;

    @Option(names = "--image-size", description = "pixels (default: ${DEFAULT-VALUE})")
    private int imageSize = 128;

    @Option(names = "--batch-size", description = "pictures per step (default: ${DEFAULT-VALUE})")
    private int batchSize = 32;

    @Option(names = "--classes", description = "classes of DATA, for the step in memory (default: ${DEFAULT-VALUE})")
    private int classes = 10;

    @Option(names = "--steps", description = "steps in memory per round (default: ${DEFAULT-VALUE})")
    private int steps = 40;

    @Option(names = "--without", split = ",", description = "leave out: memory, pytorch")
    private List<String> without = List.of();

    @Option(names = "--peers", description = "folder with PyTorch's train.py (default: environment SICHTER_PEERS)")
    private String peers = System.getenv().getOrDefault("SICHTER_PEERS", "");

    private final List<JsonNode> runs = new ArrayList<>();

    @Override
    public Integer call() throws Exception {
        Interleaved interleaved =
                Interleaved.of(title(), "img/s", Better.HIGHER).warmUp(0);
        try (Launcher launcher = Launcher.open()) {
            interleaved.side("sichter", () -> sichter(launcher));
            if (without.contains("memory")) {
                finish(interleaved);
                return 0;
            }
            try (PeerProcess memory = PeerProcess.serving("in memory", memoryCommand())) {
                memory.imagesPerSecond(steps / 4 + 1);
                interleaved
                        .side("step in memory", () -> memory.imagesPerSecond(steps))
                        .target("step in memory", TARGET_MEMORY);
                finish(interleaved);
            }
        }
        return 0;
    }

    private String title() {
        return "whole epochs: " + model + ", " + imageSize + " px, batch " + batchSize + ", " + epochs
                + " epochs a run, the first not counted";
    }

    private void finish(Interleaved interleaved) throws Exception {
        if (!without.contains("pytorch")) {
            interleaved.side("pytorch bf16", this::pytorch).target("pytorch bf16", TARGET_PYTORCH);
        }
        options.run(interleaved);
        for (JsonNode run : runs) {
            System.err.printf(
                    "sichter run: %s img/s, loader wait %s, peak RSS %s MiB%n",
                    run.path("train_images_per_second"), run.path("loader_wait_fraction"), run.path("peak_rss_mb"));
        }
    }

    private double sichter(Launcher launcher) throws Exception {
        List<String> command = launcher.train(
                data,
                launcher.scratch(),
                List.of(
                        "--model",
                        model,
                        "--epochs",
                        Integer.toString(epochs),
                        "--image-size",
                        Integer.toString(imageSize),
                        "--batch-size",
                        Integer.toString(batchSize)));
        JsonNode result = PeerProcess.whole("sichter", command).get(0);
        runs.add(result);
        return result.get("train_images_per_second").asDouble();
    }

    private double pytorch() throws Exception {
        if (peers.isEmpty()) {
            throw new IllegalStateException("Set SICHTER_PEERS or --peers to the folder with train.py,"
                    + " or leave the peer out with --without pytorch");
        }
        List<String> arguments = List.of(
                data.toString(),
                "--model",
                model,
                "--epochs",
                Integer.toString(epochs),
                "--size",
                Integer.toString(imageSize),
                "--batch",
                Integer.toString(batchSize),
                "--bf16");
        List<JsonNode> lines =
                PeerProcess.whole("pytorch", PeerProcess.python(Path.of(peers).resolve("train.py"), arguments));
        // All epochs have equally many pictures: the harmonic mean is pictures by seconds.
        double inverse = 0;
        for (JsonNode line : lines.subList(1, lines.size())) {
            inverse += 1 / line.get("train_img_s").asDouble();
        }
        return (lines.size() - 1) / inverse;
    }

    private List<String> memoryCommand() {
        return PeerProcess.java(
                System.getProperty("java.class.path"),
                "io.sichter.bench.StepBench",
                List.of(),
                List.of(
                        "--model",
                        model,
                        "--image-size",
                        Integer.toString(imageSize),
                        "--batch-size",
                        Integer.toString(batchSize),
                        "--classes",
                        Integer.toString(classes),
                        "--optimizer",
                        "adamw",
                        "--precision",
                        "auto",
                        "--serve"));
    }

    /** Starts the benchmark. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new EpochBench()).execute(args));
    }
}
