package io.sichter.run;

import io.sichter.storage.DurableFiles;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What the finished epochs gave, as {@code metrics.csv} and {@code timings.csv} hold it.
 *
 * @param metrics one entry per epoch
 * @param timings one entry per epoch
 */
public record History(List<EpochMetrics> metrics, List<EpochTiming> timings) {
    /** Copies the lists. */
    public History {
        metrics = List.copyOf(metrics);
        timings = List.copyOf(timings);
    }

    /** The history before the first epoch. */
    public static History empty() {
        return new History(List.of(), List.of());
    }

    /** This history and one more epoch. */
    public History with(EpochMetrics epoch, EpochTiming timing) {
        List<EpochMetrics> moreMetrics = new ArrayList<>(metrics);
        moreMetrics.add(epoch);
        List<EpochTiming> moreTimings = new ArrayList<>(timings);
        moreTimings.add(timing);
        return new History(moreMetrics, moreTimings);
    }

    /** Replaces both files of the run by this history. */
    public void write(RunDirectory run) {
        DurableFiles.write(run.metrics(), metricsCsv());
        DurableFiles.write(run.timings(), timingsCsv());
    }

    /** Numbers in full precision, so that equal runs give equal bytes; an empty field where a metric is not available. */
    private String metricsCsv() {
        StringBuilder csv = new StringBuilder();
        for (EpochMetrics epoch : metrics) {
            if (csv.isEmpty()) {
                csv.append("epoch,")
                        .append(String.join(",", epoch.values().keySet()))
                        .append('\n');
            }
            csv.append(epoch.epoch()).append(',');
            csv.append(epoch.values().values().stream()
                    .map(v -> v.isNaN() ? "" : v.toString())
                    .collect(Collectors.joining(",")));
            csv.append('\n');
        }
        return csv.toString();
    }

    private String timingsCsv() {
        StringBuilder csv = new StringBuilder(
                "epoch,train_images,train_seconds,loader_wait_seconds,validation_seconds,images_per_second,peak_rss_mb\n");
        for (EpochTiming t : timings) {
            csv.append(String.format(
                    Locale.ROOT,
                    "%d,%d,%.3f,%.3f,%.3f,%.2f,%.1f%n",
                    t.epoch(),
                    t.trainImages(),
                    t.trainSeconds(),
                    t.loaderWaitSeconds(),
                    t.validationSeconds(),
                    t.imagesPerSecond(),
                    t.peakRssMb()));
        }
        return csv.toString().replace(System.lineSeparator(), "\n");
    }

    /** Pictures per second from the second epoch on, where there is one. */
    public double imagesPerSecond() {
        List<EpochTiming> counted = steady();
        return counted.stream().mapToDouble(EpochTiming::trainImages).sum()
                / counted.stream().mapToDouble(EpochTiming::trainSeconds).sum();
    }

    /** Share of the training time spent waiting for pictures, from the second epoch on, where there is one. */
    public double loaderWaitFraction() {
        List<EpochTiming> counted = steady();
        return counted.stream().mapToDouble(EpochTiming::loaderWaitSeconds).sum()
                / counted.stream().mapToDouble(EpochTiming::trainSeconds).sum();
    }

    private List<EpochTiming> steady() {
        return timings.size() > 1 ? timings.subList(1, timings.size()) : timings;
    }
}
