package io.sichter.search;

import io.sichter.dataset.ClassIndex;
import io.sichter.dataset.Partition;
import io.sichter.dataset.SplitFile;
import io.sichter.metric.ConfusionMatrix;
import io.sichter.run.MetricsFile;
import io.sichter.run.Monitor;
import io.sichter.run.PredictionRow;
import io.sichter.run.RunDirectory;
import io.sichter.run.RunSummary;
import io.sichter.storage.DurableFiles;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;

/**
 * What a cross-validation came to.
 *
 * @param folder with everything in it
 * @param bundle the ensemble of all folds
 * @param plan what was asked
 * @param folds in the order of repeats and folds
 * @param accuracy over the folds
 * @param f1Macro over the folds
 * @param testAccuracy of the ensemble on the test part of the data, where it has one
 * @param testF1Macro of the ensemble on the test part of the data, where it has one
 * @param seconds this process took
 * @param peakRssMb largest memory of a run's process, MiB
 */
public record CrossValidationResult(
        Path folder,
        Path bundle,
        CrossValidationPlan plan,
        List<Fold> folds,
        Estimate accuracy,
        Estimate f1Macro,
        OptionalDouble testAccuracy,
        OptionalDouble testF1Macro,
        double seconds,
        double peakRssMb) {
    /** Copies the list. */
    public CrossValidationResult {
        folds = List.copyOf(folds);
    }

    /**
     * One fold.
     *
     * @param run that left it out
     * @param repeat from 1
     * @param number of the fold, from 1
     * @param train pictures that the run trained on
     * @param validation pictures that chose its epoch
     * @param samples pictures of the fold that were judged
     * @param unreadable pictures of the fold that could not be
     * @param accuracy on the fold
     * @param f1Macro on the fold, over the classes that it has
     * @param bestEpoch that the inner validation chose
     */
    public record Fold(
            Path run,
            int repeat,
            int number,
            int train,
            int validation,
            int samples,
            int unreadable,
            double accuracy,
            double f1Macro,
            int bestEpoch) {
        static Fold of(RunDirectory run, int repeat, int number) {
            ClassIndex classes =
                    new ClassIndex(DurableFiles.read(run.classes()).lines().toList());
            Partition partition = SplitFile.read(DurableFiles.read(run.split()), classes, run.path());
            ConfusionMatrix confusion = new ConfusionMatrix(classes.size());
            Map<String, Integer> indices = classes.toMap();
            PredictionRow.read(
                    run.predictions("test"),
                    row -> confusion.add(
                            indices.getOrDefault(row.truth(), 0), indices.getOrDefault(row.prediction(), 0)));
            RunSummary summary = RunSummary.of(run);
            Optional<Integer> best = new Monitor(summary.monitor())
                    .best(MetricsFile.read(run.metrics()))
                    .map(epoch -> epoch.epoch());
            int judged = (int) confusion.total();
            return new Fold(
                    run.path(),
                    repeat,
                    number,
                    partition.train().size(),
                    partition.validation().size(),
                    judged,
                    partition.test().size() - judged,
                    confusion.accuracy(),
                    confusion.f1Macro(),
                    best.orElse(0));
        }
    }

    /**
     * A figure over the folds. The networks of different folds share most of their pictures, so that their scores lie
     * closer together than independent ones would: the interval is that of the corrected resampled t test (Nadeau and
     * Bengio, "Inference for the Generalization Error", Machine Learning 52, 2003), with the variance (1/J + n2/n1) s^2
     * for J scores, n1 pictures to learn from and n2 to judge, and J - 1 degrees of freedom.
     *
     * @param mean of the folds' scores
     * @param std their standard deviation, with J - 1
     * @param half half of the 95 % interval of the mean
     */
    public record Estimate(double mean, double std, double half) {
        static Estimate of(double[] scores, double testToTrain) {
            double std = StudentT.std(scores);
            double error = Math.sqrt((1.0 / scores.length + testToTrain) * std * std);
            return new Estimate(StudentT.mean(scores), std, StudentT.half(error, scores.length - 1));
        }
    }

    static CrossValidationResult of(
            CrossValidationPlan plan, Path folder, Path bundle, List<Fold> folds, double seconds) {
        double judged = folds.stream().mapToInt(Fold::samples).sum();
        double learnt = folds.stream().mapToInt(f -> f.train() + f.validation()).sum();
        return new CrossValidationResult(
                folder,
                bundle,
                plan,
                folds,
                Estimate.of(scores(folds, Fold::accuracy), judged / learnt),
                Estimate.of(scores(folds, Fold::f1Macro), judged / learnt),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                seconds,
                peak(folds));
    }

    private static double[] scores(List<Fold> folds, ToDoubleFunction<Fold> score) {
        return folds.stream().mapToDouble(score).toArray();
    }

    private static double peak(List<Fold> folds) {
        return folds.stream()
                .flatMap(fold -> MetricsFile.read(new RunDirectory(fold.run()).timings()).stream())
                .mapToDouble(epoch -> epoch.values().getOrDefault("peak_rss_mb", Double.NaN))
                .filter(Double::isFinite)
                .max()
                .orElse(Double.NaN);
    }

    /** Pictures that could not be judged, over all folds. */
    public int unreadable() {
        return folds.stream().mapToInt(Fold::unreadable).sum();
    }

    CrossValidationResult withTest(double accuracyOfTest, double f1OfTest) {
        return new CrossValidationResult(
                folder,
                bundle,
                plan,
                folds,
                accuracy,
                f1Macro,
                OptionalDouble.of(accuracyOfTest),
                OptionalDouble.of(f1OfTest),
                seconds,
                peakRssMb);
    }
}
