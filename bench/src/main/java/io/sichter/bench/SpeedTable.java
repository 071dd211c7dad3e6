package io.sichter.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sichter.bench.Comparison.Better;
import io.sichter.model.Models;
import io.sichter.published.PublishedCatalog;
import io.sichter.tensor.Device;
import io.sichter.tensor.Precision;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Training and inference of several networks in both precisions beside PyTorch, all sides of a network taking turns. It
 * also tells whether {@code --precision auto} picks the faster one, and what share of the machine's matrix products the
 * ResNets reach.
 */
@Command(
        name = "SpeedTable",
        mixinStandardHelpOptions = true,
        description = "Several networks in training and inference, fp32 and bf16, beside PyTorch.")
public final class SpeedTable implements Callable<Integer> {
    /** Operations of a training step for each multiply-add of the forward pass: forward, and backward twice that. */
    private static final double STEP_OPERATIONS = 6;

    /** Share of the peak that a training step is to reach. */
    private static final Map<String, Double> OF_PEAK = Map.of("resnet18", 0.80, "resnet50", 0.70);

    @Option(names = "--models", split = ",", description = "networks (default: ${DEFAULT-VALUE})")
    private List<String> models = List.of(
            "resnet18", "resnet50", "mobilenet_v2", "mobilenet_v3_large", "efficientnet_b0", "vit_tiny_patch16_224");

    @Option(names = "--phases", split = ",", description = "train, inference (default: ${DEFAULT-VALUE})")
    private List<String> phases = List.of("train", "inference");

    @Option(
            names = "--modes",
            split = ",",
            description = "PyTorch's ways: default, channels_last, bf16, compiled, and ours: bf16 with our allocator's"
                    + " environment (default: ${DEFAULT-VALUE})")
    private List<String> modes = List.of("default", "channels_last", "bf16");

    @Option(names = "--image-size", description = "pixels (default: ${DEFAULT-VALUE})")
    private int imageSize = 224;

    @Option(names = "--batch-size", description = "pictures per step (default: ${DEFAULT-VALUE})")
    private int batchSize = 32;

    @Option(names = "--seconds", description = "length of one measurement (default: ${DEFAULT-VALUE})")
    private double seconds = 2;

    @Option(names = "--rounds", description = "rounds that count, at least 5 (default: ${DEFAULT-VALUE})")
    private int rounds = Interleaved.LEAST_ROUNDS;

    @Option(names = "--trial", description = "one round, to see whether everything runs")
    private boolean trial;

    @Option(names = "--json", description = "print one JSON object per network on stdout, the tables on stderr")
    private boolean json;

    @Override
    public Integer call() throws Exception {
        List<SpeedRow> rows = new ArrayList<>();
        List<String> peaks = new ArrayList<>();
        for (String model : models) {
            for (String phase : phases) {
                boolean inference = phase.equals("inference");
                double before = peak(model, inference);
                SpeedRow row = measure(model, inference);
                rows.add(row);
                print(row);
                if (before > 0) { // the machine may have been slower before or after
                    peaks.add(share(row, Math.max(before, peak(model, false))));
                }
            }
        }
        StringBuilder closing = new StringBuilder(SpeedRow.head()).append('\n');
        rows.forEach(row -> closing.append(row.line()).append('\n'));
        peaks.forEach(line -> closing.append(line).append('\n'));
        (json ? System.err : System.out).print(closing);
        return 0;
    }

    private void print(SpeedRow row) {
        (json ? System.err : System.out).print(row.comparison().table());
        if (json) {
            ObjectNode node = row.comparison().json();
            node.put("auto", row.auto());
            System.out.println(node);
        }
    }

    private static double peak(String model, boolean inference) {
        return OF_PEAK.containsKey(model) && !inference ? GemmPeak.gflops(true, Interleaved.LEAST_ROUNDS) : 0;
    }

    private static String share(SpeedRow row, double peak) {
        long macs = Objects.requireNonNull(PublishedCatalog.builtIn().networks().get(row.model()))
                .macs();
        double gflops = row.imagesPerSecond() * STEP_OPERATIONS * macs / 1e9;
        double wanted = OF_PEAK.getOrDefault(row.model(), 0.0);
        return String.format(
                Locale.ROOT,
                "%s: %.0f GFLOP/s of %.0f (bf16 products of 2048 and 4096): %.2f, at least %.2f: %s",
                row.model(),
                gflops,
                peak,
                gflops / peak,
                wanted,
                gflops / peak >= wanted ? "met" : "MISSED");
    }

    private SpeedRow measure(String model, boolean inference) throws Exception {
        List<SpeedSide> sides = new ArrayList<>();
        try {
            String title = (inference ? "inference: " : "training step: ") + model + ", " + imageSize + " px, batch "
                    + batchSize + ", adamw";
            Interleaved interleaved = Interleaved.of(title, "img/s", Better.HIGHER);
            for (String precision : List.of("bf16", "fp32")) {
                List<String> arguments = arguments(model, inference);
                arguments.addAll(List.of("--precision", precision, "--serve"));
                List<String> command = PeerProcess.java(
                        System.getProperty("java.class.path"), "io.sichter.bench.StepBench", List.of(), arguments);
                add(interleaved, sides, "sichter " + precision, PeerProcess.serving("sichter", command));
            }
            for (String mode : modes) {
                add(interleaved, sides, "pytorch " + mode, pytorch(arguments(model, inference), mode));
            }
            interleaved.progress(System.err::println);
            Comparison comparison = (trial ? interleaved.trial() : interleaved.rounds(rounds)).run();
            Precision auto = inference
                    ? Models.inferencePrecision(model, "auto", Device.CPU)
                    : Models.precision(model, "auto", Device.CPU);
            return new SpeedRow(model, inference, comparison, auto.toString());
        } finally {
            sides.forEach(SpeedSide::close);
        }
    }

    private void add(Interleaved interleaved, List<SpeedSide> sides, String name, PeerProcess process) {
        SpeedSide side = new SpeedSide(process, seconds);
        sides.add(side);
        interleaved.side(name, side::imagesPerSecond);
    }

    private static PeerProcess pytorch(List<String> arguments, String mode) throws IOException {
        boolean ours = mode.equals("ours");
        arguments.addAll(List.of("--mode", ours ? "bf16" : mode));
        List<String> command = PeerProcess.python(BenchOptions.ownPeers().resolve("pytorch_step.py"), arguments);
        return ours ? PeerProcess.serving("pytorch", command) : PeerProcess.servingAsUsersDo("pytorch", command);
    }

    private List<String> arguments(String model, boolean inference) {
        List<String> arguments = new ArrayList<>(List.of(
                "--model",
                model,
                "--image-size",
                Integer.toString(imageSize),
                "--batch-size",
                Integer.toString(batchSize),
                "--optimizer",
                "adamw"));
        if (inference) {
            arguments.add("--inference");
        }
        return arguments;
    }

    /** Starts the benchmark. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new SpeedTable()).execute(args));
    }
}
