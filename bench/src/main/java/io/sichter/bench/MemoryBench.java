package io.sichter.bench;

import com.fasterxml.jackson.databind.JsonNode;
import io.sichter.bench.MemoryWatch.Epoch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Memory of training runs through the launcher: flat over epochs, flat over the number of files, and the peak of ResNet-18
 * at 224 pixels. What it is compared with is the run itself, earlier or smaller.
 */
@Command(
        name = "MemoryBench",
        mixinStandardHelpOptions = true,
        description = "Memory over epochs, files and at 224 px.")
public final class MemoryBench implements Callable<Integer> {
    private static final double FLAT = 0.03;
    private static final double LIMIT_BF16_GB = 2.0;
    private static final double LIMIT_FP32_GB = 2.6;
    private static final double BYTES_PER_MIB = 1024.0 * 1024.0;

    @Parameters(paramLabel = "DATA", description = "folder of pictures")
    private Path data = Path.of(".");

    @Option(names = "--part", split = ",", description = "epochs, files, peak (default: ${DEFAULT-VALUE})")
    private List<String> parts = List.of("epochs", "files", "peak");

    @Option(names = "--epochs", description = "epochs of the first part (default: ${DEFAULT-VALUE})")
    private int epochs = 10;

    @Option(names = "--pictures", description = "pictures of the first and last part (default: ${DEFAULT-VALUE})")
    private int pictures = 640;

    @Option(names = "--files", split = ",", description = "numbers of files of the second part (${DEFAULT-VALUE})")
    private List<Integer> files = List.of(1_000, 20_000);

    @Override
    public Integer call() throws Exception {
        for (String part : parts) {
            switch (part) {
                case "epochs" -> overEpochs();
                case "files" -> overFiles();
                case "peak" -> peak();
                default -> throw new IllegalArgumentException("--part " + part + ": expected epochs, files or peak");
            }
        }
        return 0;
    }

    private void overEpochs() throws Exception {
        System.out.println("memory over epochs: resnet18, 128 px, batch 32, " + pictures + " pictures");
        System.out.printf("  %5s %14s %14s %14s%n", "epoch", "RSS MiB", "peak RSS MiB", "heap MiB");
        List<Epoch> watched = watch(pictures, List.of("--epochs", Integer.toString(epochs), "--image-size", "128"));
        for (Epoch epoch : watched) {
            System.out.printf(
                    Locale.ROOT,
                    "  %5d %14.1f %14.1f %14.1f%n",
                    epoch.epoch(),
                    epoch.resident(),
                    epoch.peak(),
                    epoch.heap());
        }
        List<Epoch> counted = watched.subList(1, watched.size());
        verdict("RSS", counted.stream().map(Epoch::resident).toList());
        verdict("heap", counted.stream().map(Epoch::heap).toList());
    }

    private void overFiles() throws Exception {
        System.out.println("memory over files: resnet18, 64 px, batch 32, one epoch");
        System.out.printf("  %7s %14s %14s%n", "files", "RSS MiB", "heap MiB");
        List<Double> resident = new ArrayList<>();
        List<Double> heap = new ArrayList<>();
        for (int count : files) {
            // the second of three: the first holds the scan and the warm-up, which a small set is mostly made of, and
            // after the last one the pictures of the run are drawn
            Epoch epoch = watch(count, List.of("--epochs", "3", "--image-size", "64", "model.stem=imagenet"))
                    .get(1);
            System.out.printf(Locale.ROOT, "  %7d %14.1f %14.1f%n", count, epoch.resident(), epoch.heap());
            resident.add(epoch.resident());
            heap.add(epoch.heap());
        }
        verdict("RSS", resident);
        verdict("heap", heap);
    }

    private void peak() throws Exception {
        System.out.println("peak memory: resnet18, 224 px, batch 32, one epoch of " + pictures + " pictures");
        onePeak("bf16", LIMIT_BF16_GB);
        onePeak("fp32", LIMIT_FP32_GB);
    }

    private void onePeak(String precision, double limit) throws Exception {
        try (Launcher launcher = Launcher.open()) {
            Path set = PictureLinks.make(data, launcher.scratch().resolve("data"), pictures);
            Path runs = Files.createDirectory(launcher.scratch().resolve("runs"));
            List<String> arguments = List.of(
                    "--model",
                    "resnet18",
                    "--epochs",
                    "1",
                    "--image-size",
                    "224",
                    "--batch-size",
                    "32",
                    "runtime.precision=" + precision);
            List<JsonNode> result = PeerProcess.whole("sichter", launcher.train(set, runs, arguments));
            double mebibytes = result.get(0).get("peak_rss_mb").asDouble();
            double gigabytes = mebibytes * BYTES_PER_MIB / 1e9;
            System.out.printf(
                    Locale.ROOT,
                    "  %s %8.0f MiB = %.2f GB, at most %.1f GB: %s%n",
                    precision,
                    mebibytes,
                    gigabytes,
                    limit,
                    gigabytes <= limit ? "met" : "MISSED");
        }
    }

    private List<Epoch> watch(int count, List<String> arguments) throws IOException, InterruptedException {
        try (Launcher launcher = Launcher.open()) {
            Path set = PictureLinks.make(data, launcher.scratch().resolve("data"), count);
            Path runs = Files.createDirectory(launcher.scratch().resolve("runs"));
            List<String> all = new ArrayList<>(List.of("--model", "resnet18", "--batch-size", "32"));
            all.addAll(arguments);
            return MemoryWatch.over(launcher.train(set, runs, all), runs);
        }
    }

    private static void verdict(String what, List<Double> figures) {
        List<Double> known = figures.stream().filter(Double::isFinite).toList();
        if (known.size() < 2) {
            System.out.printf("  %s: %d figure, nothing to compare%n", what, known.size());
            return;
        }
        Comparison.Spread spread = Comparison.Spread.of(known);
        double first = known.get(0);
        double drift = Math.max(spread.max() - first, first - spread.min()) / first;
        System.out.printf(
                Locale.ROOT,
                "  %s: at most %.1f %% away from its first figure here, wanted %.0f %%: %s%n",
                what,
                drift * 100,
                FLAT * 100,
                drift <= FLAT ? "met" : "MISSED");
    }

    /** Starts the benchmark. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new MemoryBench()).execute(args));
    }
}
