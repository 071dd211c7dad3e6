package io.sichter.bench;

import io.sichter.config.ConfigLayer;
import io.sichter.config.ConfigReader;
import io.sichter.config.RunConfig;
import io.sichter.evaluate.Evaluation;
import io.sichter.evaluate.EvaluationListener;
import io.sichter.evaluate.EvaluationResult;
import io.sichter.train.StopSignal;
import io.sichter.train.TrainResult;
import io.sichter.train.Training;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * The four ways of balance on a data set with uneven classes: F1 of every class on a test split that neither trained nor
 * chose the best epoch. Each seed divides, initialises and augments anew, the same for all ways.
 *
 * <p>Every row of the CSV is one class of one run. Runs that are in it already are not made again, so that it can be
 * stopped and gone on with, and a file that is complete only gives its table: means and ranges.
 */
@Command(name = "BalanceBench", mixinStandardHelpOptions = true, description = "The ways of balance, class by class.")
public final class BalanceBench implements Callable<Integer> {
    private static final String HEADER =
            "way,seed,class,train,test,precision,recall,f1,accuracy,f1_macro,train_seconds\n";

    @Parameters(paramLabel = "DATA", description = "folder of pictures")
    private Path data = Path.of(".");

    @Option(
            names = "--csv",
            description = "file of the raw numbers, gone on with where it exists (default: ${DEFAULT-VALUE})")
    private Path csv = Path.of("balance.csv");

    @Option(names = "--seeds", split = ",", description = "default: ${DEFAULT-VALUE}")
    private List<Integer> seeds = List.of(1, 2, 3);

    @Option(names = "--ways", split = ",", description = "default: ${DEFAULT-VALUE}")
    private List<String> ways = List.of("none", "weights", "sampler", "batches");

    @Option(names = "--runs", description = "folder for the runs (default: a temporary one)")
    private Path runs = Path.of("");

    @Parameters(index = "1..*", paramLabel = "key=value", description = "more settings of the training")
    private List<String> settings = new ArrayList<>();

    @Override
    public Integer call() throws Exception {
        Path folder = runs.toString().isEmpty() ? Files.createTempDirectory("sichter-balance") : runs;
        if (!Files.exists(csv)) {
            Files.writeString(csv, HEADER);
        }
        for (int seed : seeds) {
            for (String way : ways) {
                boolean done = BalanceTable.read(csv).rows().stream()
                        .anyMatch(row -> row.way().equals(way) && row.seed() == seed);
                if (!done) {
                    Files.writeString(csv, rows(way, seed, folder), java.nio.file.StandardOpenOption.APPEND);
                }
            }
        }
        System.out.print(BalanceTable.read(csv).markdown());
        return 0;
    }

    private String rows(String way, int seed, Path folder) {
        TrainResult trained = Training.start(config(way, seed, folder), new StopSignal(), List.of());
        List<EvaluationResult.ClassResult> train = judge(trained, "train").classes();
        EvaluationResult test = judge(trained, "test");
        System.err.printf(
                "%s, seed %d: accuracy %.4f, f1_macro %.4f, %.0f s%n",
                way, seed, test.accuracy(), test.f1Macro(), trained.seconds());
        StringBuilder rows = new StringBuilder();
        for (int k = 0; k < test.classes().size(); k++) {
            EvaluationResult.ClassResult one = test.classes().get(k);
            rows.append(String.join(
                    ",",
                    way,
                    Integer.toString(seed),
                    one.name(),
                    Long.toString(train.get(k).samples()),
                    Long.toString(one.samples()),
                    number(one.precision().orElse(Double.NaN)),
                    number(one.recall().orElse(Double.NaN)),
                    number(one.f1().orElse(Double.NaN)),
                    number(test.accuracy()),
                    number(test.f1Macro()),
                    number(trained.seconds())));
            rows.append('\n');
        }
        return rows.toString();
    }

    private static EvaluationResult judge(TrainResult trained, String split) {
        return Evaluation.of(trained.run(), java.util.Optional.empty(), split, EvaluationListener.none());
    }

    private RunConfig config(String way, int seed, Path folder) {
        List<String> all = new ArrayList<>(List.of(
                "data.path=" + data,
                "data.val_fraction=0.15",
                "data.test_fraction=0.4",
                "model.name=resnet18",
                "model.image_size=96",
                "train.epochs=10",
                "train.monitor=val_f1_macro",
                "runs_dir=" + folder,
                "run_name=" + way + "-" + seed,
                "balance.mode=" + way,
                "seed=" + seed));
        for (String setting : settings) {
            String key = setting.substring(0, setting.indexOf('=') + 1);
            all.removeIf(own -> own.startsWith(key));
            all.add(setting);
        }
        return ConfigReader.resolve(
                RunConfig.defaults(), all.stream().map(ConfigLayer::assignment).toList());
    }

    private static String number(double value) {
        return Double.isNaN(value) ? "" : String.format(java.util.Locale.ROOT, "%.4f", value);
    }

    /** Starts the benchmark. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new BalanceBench()).execute(args));
    }
}
