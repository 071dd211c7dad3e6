package io.sichter.search;

import io.sichter.config.ConfigReader;
import io.sichter.config.RunConfig;
import io.sichter.dataset.ClassIndex;
import io.sichter.dataset.SplitFile;
import io.sichter.run.EpochMetrics;
import io.sichter.run.MetricsFile;
import io.sichter.run.Monitor;
import io.sichter.run.RunDirectory;
import io.sichter.run.RunSummary;
import io.sichter.storage.DurableFiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * What a comparison came to. Figures are those of the last epoch on the validation pictures: the best of all epochs would
 * be one that was chosen by the very pictures it is measured on.
 *
 * @param folder with everything in it
 * @param metric that rivals are ordered by, {@code train.monitor}
 * @param seeds how often each rival was trained
 * @param validation number of validation pictures of the first run
 * @param rivals the best first
 * @param seconds this process took
 * @param peakRssMb largest memory of a run's process, MiB
 */
public record ComparisonResult(
        Path folder,
        String metric,
        int seeds,
        int validation,
        List<RivalResult> rivals,
        double seconds,
        double peakRssMb) {
    /** Copies the list. */
    public ComparisonResult {
        rivals = List.copyOf(rivals);
    }

    /**
     * What one rival came to.
     *
     * @param settings what it has in its own way
     * @param runs one per seed
     * @param mean of the metric over the seeds
     * @param std standard deviation over the seeds, with n - 1; NaN for one seed
     * @param versus how it stands beside the first
     */
    public record RivalResult(Rival settings, List<SeedResult> runs, double mean, double std, Versus versus) {
        /** Copies the list. */
        public RivalResult {
            runs = List.copyOf(runs);
        }

        /** Mean of a metric over the seeds. */
        public double mean(String name) {
            return runs.stream()
                    .mapToDouble(run -> run.last().getOrDefault(name, Double.NaN))
                    .average()
                    .orElse(Double.NaN);
        }
    }

    /**
     * What one training came to.
     *
     * @param run its directory
     * @param lr learning rate
     * @param epochs that were done
     * @param last metrics of the last epoch
     * @param best the metric at the best epoch, for those who stop there
     * @param bestEpoch that epoch, from 1
     * @param seconds of training and validation
     */
    public record SeedResult(
            Path run,
            long seed,
            double lr,
            int epochs,
            Map<String, Double> last,
            double best,
            int bestEpoch,
            double seconds) {}

    static ComparisonResult of(ComparisonPlan plan, Path folder, Map<Rival, List<RunDirectory>> runs, double seconds) {
        Monitor monitor = new Monitor(plan.base().train().monitor());
        List<RivalResult> rivals = new ArrayList<>();
        for (Rival rival : plan.rivals()) {
            List<SeedResult> seeds = runs.getOrDefault(rival, List.of()).stream()
                    .map(run -> seed(run, monitor))
                    .toList();
            double[] scores = scores(seeds, monitor.metric());
            rivals.add(new RivalResult(rival, seeds, StudentT.mean(scores), StudentT.std(scores), Versus.first()));
        }
        rivals.sort(Comparator.comparingDouble((RivalResult r) -> monitor.gain(r.mean()))
                .reversed());
        RunDirectory first = new RunDirectory(rivals.get(0).runs().get(0).run());
        return new ComparisonResult(
                folder,
                monitor.metric(),
                plan.seeds(),
                validation(first),
                Versus.judge(rivals, monitor.metric()),
                seconds,
                peak(runs));
    }

    static double[] scores(List<SeedResult> seeds, String metric) {
        return seeds.stream()
                .mapToDouble(seed -> seed.last().getOrDefault(metric, Double.NaN))
                .toArray();
    }

    private static SeedResult seed(RunDirectory run, Monitor monitor) {
        RunConfig config = ConfigReader.read(run.config());
        List<EpochMetrics> epochs = MetricsFile.read(run.metrics());
        EpochMetrics last = epochs.get(epochs.size() - 1);
        EpochMetrics best = monitor.best(epochs).orElse(last);
        return new SeedResult(
                run.path(),
                config.seed(),
                config.optimizer().lr(),
                epochs.size(),
                last.values(),
                best.value(monitor.metric()),
                best.epoch(),
                RunSummary.of(run).seconds());
    }

    private static int validation(RunDirectory run) {
        ClassIndex classes =
                new ClassIndex(DurableFiles.read(run.classes()).lines().toList());
        return SplitFile.read(DurableFiles.read(run.split()), classes, run.path())
                .validation()
                .size();
    }

    private static double peak(Map<Rival, List<RunDirectory>> runs) {
        return runs.values().stream()
                .flatMap(List::stream)
                .flatMap(run -> MetricsFile.read(run.timings()).stream())
                .mapToDouble(epoch -> epoch.values().getOrDefault("peak_rss_mb", Double.NaN))
                .filter(Double::isFinite)
                .max()
                .orElse(Double.NaN);
    }
}
