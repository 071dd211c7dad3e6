package io.sichter.report;

import io.sichter.config.ConfigReader;
import io.sichter.dataset.DataFolder;
import io.sichter.error.SichterException;
import io.sichter.metric.ConfusionMatrix;
import io.sichter.run.CheckpointStore;
import io.sichter.run.Epilogue;
import io.sichter.run.RunDirectory;
import io.sichter.storage.DurableFiles;
import io.sichter.text.Text;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Draws the pictures of a run into its {@code plots/}, each as PNG and SVG: loss, accuracy, confusion matrix,
 * calibration, ROC and precision over recall, the first training batch, the classes and a grid of predictions. What they show comes
 * from the run directory alone, and the pictures of the predictions from the folder of pictures that it names.
 *
 * @param language of the words in the pictures
 */
public record Plots(Locale language) implements Epilogue {
    /** Splits of a run's own pictures, whose paths start from its folder of pictures. */
    private static final Set<String> OWN_SPLITS = Set.of("train", "val", "test", "all");

    /**
     * What was drawn.
     *
     * @param files pictures that were written
     * @param advice what could not be drawn, for people
     */
    public record Drawn(List<Path> files, List<Text> advice) {
        /** Copies the lists. */
        public Drawn {
            files = List.copyOf(files);
            advice = List.copyOf(advice);
        }

        private static Drawn nothing() {
            return new Drawn(List.of(), List.of());
        }

        private Drawn and(Drawn more) {
            return new Drawn(
                    Stream.concat(files.stream(), more.files.stream()).toList(),
                    Stream.concat(advice.stream(), more.advice.stream()).toList());
        }
    }

    /** Something to be drawn, under a name for people. */
    private record Job(String name, Work work) {}

    @FunctionalInterface
    private interface Work {
        List<Path> draw() throws IOException;
    }

    /** Something that several jobs need and the first of them makes. */
    private static final class Once<T> {
        private final Supplier<T> making;
        private @Nullable T made;

        Once(Supplier<T> making) {
            this.making = making;
        }

        synchronized T get() {
            T value = made;
            if (value == null) {
                value = making.get();
                made = value;
            }
            return value;
        }
    }

    @Override
    public List<Text> after(RunDirectory run) {
        return draw(run).advice();
    }

    /** Draws everything that the run has figures for; a picture that cannot be drawn does not keep the others away. */
    public Drawn draw(RunDirectory run) {
        List<Job> jobs = new ArrayList<>();
        if (Files.isRegularFile(run.metrics())) {
            jobs.add(new Job("loss", () -> curves(run, "loss", Double.POSITIVE_INFINITY)));
            jobs.add(new Job("accuracy", () -> curves(run, "accuracy", 1)));
        }
        if (Files.isRegularFile(run.firstBatch()) && Files.isRegularFile(run.firstBatchLabels())) {
            jobs.add(new Job(
                    "train_batch",
                    () -> DrawingFiles.write(run.plots(), "train_batch", new Grids(language).firstBatch(run))));
        }
        if (Files.isRegularFile(run.balance())) {
            jobs.add(new Job(
                    "classes", () -> DrawingFiles.write(run.plots(), "classes", new ClassCharts(language).of(run))));
        }
        for (String name : predictions(run)) {
            jobs.addAll(predictionJobs(run, name, pictures(run), OWN_SPLITS.contains(name)));
        }
        return draw(jobs);
    }

    /**
     * Draws what an evaluation has found.
     *
     * @param name of the file of predictions, without its ending
     * @param root the folder that the evaluated pictures lie in
     */
    public Drawn drawEvaluation(RunDirectory run, String name, Path root) {
        return draw(predictionJobs(run, name, root, true));
    }

    /** The folder that the ids of the pictures of a run start from. */
    public static Path pictures(RunDirectory run) {
        return DataFolder.rootOf(Path.of(ConfigReader.read(run.config()).data().path()));
    }

    private static Drawn draw(List<Job> jobs) {
        return jobs.parallelStream().map(Plots::attempt).reduce(Drawn.nothing(), Drawn::and);
    }

    /** Fonts and graphics fail in ways of their own, errors among them: none of these may cost more than a picture. */
    private static Drawn attempt(Job job) {
        try {
            return new Drawn(job.work().draw(), List.of());
        } catch (IOException | RuntimeException | Error e) {
            return new Drawn(List.of(), List.of(Text.of("report.not_drawn", job.name(), reason(e))));
        }
    }

    private static Text reason(Throwable failure) {
        if (failure instanceof SichterException known) {
            return Text.joined(
                    ": ", List.of(known.problem().problem(), known.problem().received()));
        }
        String message = failure.getMessage();
        return Text.verbatim(failure instanceof IOException && message != null ? message : failure);
    }

    private List<Job> predictionJobs(RunDirectory run, String name, Path root, boolean withPictures) {
        String suffix = name.equals("val") ? "" : "-" + name;
        List<String> classes = DurableFiles.read(run.classes()).lines().toList();
        List<Job> jobs = new ArrayList<>();
        jobs.add(new Job("confusion_matrix" + suffix, () -> {
            PredictionSummary summary = PredictionSummary.read(run.predictions(name), classes);
            return DrawingFiles.write(run.plots(), "confusion_matrix" + suffix, matrix(summary, name));
        }));
        Once<ProbabilityCharts> charts =
                new Once<>(() -> ProbabilityCharts.read(run.predictions(name), classes, name, numbers()));
        for (String drawing : ProbabilityCharts.NAMES) {
            String file = drawing + suffix;
            jobs.add(new Job(
                    file,
                    () -> DrawingFiles.write(run.plots(), file, charts.get().draw(drawing))));
        }
        if (withPictures) {
            jobs.add(new Job("predictions" + suffix, () -> {
                PredictionSummary summary = PredictionSummary.read(run.predictions(name), classes);
                PictureGrid grid = new Grids(language)
                        .predictions(summary, name, root)
                        .orElseThrow(() -> new IOException(say("report.no_pictures", root)));
                return DrawingFiles.write(run.plots(), "predictions" + suffix, grid);
            }));
        }
        return jobs;
    }

    private ConfusionChart matrix(PredictionSummary summary, String name) {
        ConfusionMatrix confusion = summary.confusion();
        return new ConfusionChart(
                confusion,
                summary.classes(),
                new ConfusionChart.Words(
                        say("report.confusion", numbers().percent(confusion.accuracy(), 1)),
                        say("report.confusion.subtitle", name, confusion.total()),
                        say("report.confusion.counts"),
                        say("report.truth"),
                        say("report.prediction"),
                        say("report.right"),
                        say("report.wrong")),
                numbers());
    }

    private List<Path> curves(RunDirectory run, String metric, double highest) {
        MetricsTable table = MetricsTable.read(run.metrics());
        if (table.isEmpty()) {
            return List.of();
        }
        double[] validation = table.values("val_" + metric);
        int best = bestEpoch(run).orElse(0);
        boolean marked = best > 0 && best <= validation.length;
        Curves curves = new Curves(
                say("report." + metric),
                marked ? say("report.best", best, numbers().metric(validation[best - 1])) : "",
                new Curves.Axes(say("report.epoch"), say("report.axis." + metric), 0, highest),
                table.values("train_" + metric),
                validation,
                new Curves.Legend(say("report.training"), say("report.validation"), say("report.legend.best", best)),
                marked ? best : 0);
        return DrawingFiles.write(run.plots(), metric, new CurveChart(curves, language));
    }

    private static OptionalInt bestEpoch(RunDirectory run) {
        return new CheckpointStore(run)
                .best()
                .map(path -> path.getFileName().toString())
                .map(name -> OptionalInt.of(Integer.parseInt(name.substring(1, name.indexOf("-s")))))
                .orElse(OptionalInt.empty());
    }

    private static List<String> predictions(RunDirectory run) {
        Path folder = run.predictions("val").getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".csv") && !name.startsWith(DurableFiles.TEMPORARY_PREFIX))
                    .map(name -> name.substring(0, name.length() - ".csv".length()))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Numbers numbers() {
        return new Numbers(language);
    }

    private String say(String key, Object... arguments) {
        return Text.of(key, arguments).in(language);
    }
}
