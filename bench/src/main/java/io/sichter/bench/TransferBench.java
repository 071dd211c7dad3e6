package io.sichter.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * What published weights are worth on a folder of few pictures: the same number of epochs from scratch, with a frozen
 * backbone, and fine-tuned, each over several seeds (which also draw the split), through the launcher. What counts is
 * the validation accuracy after the last epoch, not the best of all epochs, which would flatter.
 */
@Command(
        name = "TransferBench",
        mixinStandardHelpOptions = true,
        description = "Accuracy from scratch, with a frozen backbone and fine-tuned.")
public final class TransferBench implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "DATA", description = "folder of pictures")
    private Path data = Path.of(".");

    @Parameters(index = "1", paramLabel = "WEIGHTS", description = "published weights")
    private Path weights = Path.of(".");

    @Option(names = "--model", description = "network (default: ${DEFAULT-VALUE})")
    private String model = "mobilenet_v2";

    @Option(names = "--epochs", description = "epochs after that of the head (default: ${DEFAULT-VALUE})")
    private int epochs = 3;

    @Option(names = "--image-size", description = "pixels (default: ${DEFAULT-VALUE})")
    private int imageSize = 128;

    @Option(names = "--seeds", description = "seeds 1, 2 and so on (default: ${DEFAULT-VALUE})")
    private int seeds = 5;

    @Option(names = "--way", split = ",", description = "scratch, frozen, fine_tune (default: ${DEFAULT-VALUE})")
    private List<String> ways = List.of("scratch", "frozen", "fine_tune");

    @Option(names = "--set", description = "one more setting of the runs, such as optimizer.lr=0.003")
    private List<String> settings = List.of();

    @Override
    public Integer call() throws Exception {
        Map<String, List<Outcome>> results = new LinkedHashMap<>();
        try (Launcher launcher = Launcher.open()) {
            for (int seed = 1; seed <= seeds; seed++) {
                for (String way : ways) {
                    Outcome result = run(launcher, way, seed);
                    System.err.printf(Locale.ROOT, "%s, seed %d: %.4f%n", way, seed, result.accuracy());
                    results.computeIfAbsent(way, w -> new ArrayList<>()).add(result);
                }
            }
        }
        print(results);
        return 0;
    }

    /** What a run came to. */
    private record Outcome(double accuracy, double seconds) {}

    private Outcome run(Launcher launcher, String way, int seed) throws Exception {
        List<String> arguments = new ArrayList<>(List.of(
                "--model",
                model,
                "--image-size",
                Integer.toString(imageSize),
                "--seed",
                Integer.toString(seed),
                "--epochs",
                Integer.toString(way.equals("fine_tune") ? epochs : epochs + 1)));
        if (!way.equals("scratch")) {
            arguments.addAll(List.of("--weights", weights.toString()));
        }
        switch (way) {
            case "fine_tune" -> arguments.add("--fine-tune");
            case "frozen" -> arguments.addAll(List.of("--freeze", "backbone"));
            default -> {}
        }
        arguments.addAll(settings);
        JsonNode result = PeerProcess.whole("sichter", launcher.train(data, launcher.scratch(), arguments))
                .get(0);
        List<String> epochsOfRun = Files.readAllLines(Path.of(result.path("run").asText(), "metrics.csv"));
        int column = List.of(epochsOfRun.get(0).split(",", -1)).indexOf("val_accuracy");
        String last = epochsOfRun.get(epochsOfRun.size() - 1).split(",", -1)[column];
        return new Outcome(Double.parseDouble(last), result.path("seconds").asDouble());
    }

    private void print(Map<String, List<Outcome>> results) {
        System.out.printf(
                Locale.ROOT,
                "%s, %d px, %d + 1 epochs, seeds 1 to %d%n%-10s %8s %8s %8s %10s%n",
                model,
                imageSize,
                epochs,
                seeds,
                "",
                "mean",
                "lowest",
                "highest",
                "seconds");
        results.forEach((way, runs) -> {
            double[] accuracies =
                    runs.stream().mapToDouble(Outcome::accuracy).sorted().toArray();
            double seconds =
                    runs.stream().mapToDouble(Outcome::seconds).average().orElse(0);
            System.out.printf(
                    Locale.ROOT,
                    "%-10s %8.4f %8.4f %8.4f %10.1f%n",
                    way,
                    java.util.Arrays.stream(accuracies).average().orElse(0),
                    accuracies[0],
                    accuracies[accuracies.length - 1],
                    seconds);
        });
    }

    /** Starts the benchmark. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new TransferBench()).execute(args));
    }
}
