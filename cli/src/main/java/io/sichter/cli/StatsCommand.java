package io.sichter.cli;

import io.sichter.config.ConfigLayer;
import io.sichter.config.ConfigReader;
import io.sichter.config.RunConfig;
import io.sichter.dataset.ClassBalance;
import io.sichter.dataset.DataFolder;
import io.sichter.dataset.DatasetScan;
import io.sichter.dataset.Part;
import io.sichter.dataset.Partition;
import io.sichter.dataset.ScanResult;
import io.sichter.dataset.SplitPlan;
import io.sichter.image.DecodeLimits;
import io.sichter.image.OpenCvDecoder;
import io.sichter.statistics.CachedStatistics;
import io.sichter.statistics.DatasetStatistics;
import io.sichter.statistics.StatisticsCache;
import io.sichter.text.Text;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Says what the pictures of a data set are like. */
@Command(name = "stats")
final class StatsCommand implements Callable<Integer> {
    private final SichterCommand program;

    @Parameters(paramLabel = "DATA", descriptionKey = "data")
    private Path data = Path.of("");

    @Option(names = "--image-size", paramLabel = "N")
    private @Nullable String imageSize;

    @Option(names = "--seed", paramLabel = "N")
    private @Nullable String seed;

    @Option(names = "--verify")
    private boolean verify;

    @Option(names = "--json")
    private boolean json;

    StatsCommand(SichterCommand program) {
        this.program = program;
    }

    @Override
    public Integer call() {
        Terminal terminal = program.terminal();
        RunConfig config = config();
        DataFolder folder = DataFolder.open(data);
        List<Text> notes = new ArrayList<>(DataNotes.of(folder));
        ScanResult scan = scan(config, folder);
        if (!scan.bad().isEmpty()) {
            notes.add(Text.of(
                    "cli.stats.bad", scan.bad().size(), scan.bad().get(0).id()));
        }
        notes.forEach(note -> terminal.message(Text.of("cli.note", note)));
        DataFolder sound = folder.without(scan.badIds());
        Partition partition = new SplitPlan(
                        config.data(), config.seed(), config.runtime().threads())
                .apply(sound, (done, total) -> {})
                .partition();
        CountProgress counting = new CountProgress(terminal, Text.of("cli.statistics.progress"), System::nanoTime);
        StatisticsCache cache = verify ? StatisticsCache.ofUser().verifying() : StatisticsCache.ofUser();
        CachedStatistics source = imageSize == null
                ? CachedStatistics.asStored(config, cache)
                : CachedStatistics.asEvaluated(config, cache);
        DatasetStatistics statistics = source.of(partition.train(), counting::update);
        ClassBalance balance = ClassBalance.of(partition.dataset(Part.TRAIN));
        StatsOutput output = new StatsOutput(terminal, partition, statistics, balance);
        terminal.result(json ? Json.write(output.json(imageSize)) : output.text(imageSize));
        return 0;
    }

    private ScanResult scan(RunConfig config, DataFolder folder) {
        DecodeLimits limits = DecodeLimits.ofPixels(config.data().maxPixels());
        CountProgress looking = new CountProgress(program.terminal(), Text.of("cli.stats.looking"), System::nanoTime);
        return new DatasetScan(
                        new OpenCvDecoder(limits), limits, config.runtime().threads())
                .run(folder.samples(), looking::update);
    }

    private RunConfig config() {
        List<ConfigLayer> layers = new ArrayList<>();
        int threads = Runtime.getRuntime().availableProcessors();
        layers.add(new ConfigLayer.Setting("this machine", "runtime.threads", Integer.toString(threads)));
        if (imageSize != null) {
            layers.add(new ConfigLayer.Setting("--image-size", "model.image_size", imageSize));
        }
        if (seed != null) {
            layers.add(new ConfigLayer.Setting("--seed", "seed", seed));
        }
        return ConfigReader.resolve(RunConfig.defaults(), layers);
    }
}
