package io.sichter.search;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.csv.CsvGenerator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import io.sichter.run.BatchLosses;
import io.sichter.run.RunDirectory;
import io.sichter.search.ComparisonResult.RivalResult;
import io.sichter.search.ComparisonResult.SeedResult;
import io.sichter.storage.DurableFiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The files of a comparison: {@code comparison.csv} with a row per training, {@code comparison.json} with everything, and
 * {@code losses.csv} with the loss of every batch, for each rival the mean over its seeds.
 */
public final class ComparisonFiles {
    private static final JsonMapper JSON = new JsonMapper();
    private static final List<String> METRICS = List.of("train_loss", "val_loss", "val_accuracy", "val_f1_macro");

    private ComparisonFiles() {}

    static void write(ComparisonResult result, Map<Rival, List<RunDirectory>> runs) {
        DurableFiles.write(result.folder().resolve("comparison.csv"), csv(result));
        DurableFiles.write(result.folder().resolve("losses.csv"), losses(result, runs));
        DurableFiles.write(result.folder().resolve("comparison.json"), json(result));
    }

    /** The result as one JSON object; a figure that is not available is null. */
    public static String json(ComparisonResult result) {
        ObjectNode root = JSON.createObjectNode();
        root.put("comparison", result.folder().toString());
        root.put("metric", result.metric());
        root.put("epoch", "last");
        root.put("seeds", result.seeds());
        root.put("validation_pictures", result.validation());
        ArrayNode rivals = root.putArray("rivals");
        result.rivals().forEach(rival -> add(rivals.addObject(), rival));
        number(root, "seconds", result.seconds());
        number(root, "peak_rss_mb", result.peakRssMb());
        return root.toPrettyString() + "\n";
    }

    private static void add(ObjectNode node, RivalResult rival) {
        node.put("name", rival.settings().name());
        ObjectNode settings = node.putObject("settings");
        rival.settings().settings().forEach(settings::put);
        number(node, "mean", rival.mean());
        number(node, "std", rival.std());
        METRICS.forEach(metric -> number(node, metric + "_mean", rival.mean(metric)));
        number(node, "difference", rival.versus().difference());
        number(node, "difference_ci95", rival.versus().half());
        number(node, "p", rival.versus().probability());
        node.put("verdict", rival.versus().verdict().name().toLowerCase(Locale.ROOT));
        ArrayNode runs = node.putArray("runs");
        for (SeedResult seed : rival.runs()) {
            ObjectNode run = runs.addObject();
            run.put("run", seed.run().toString()).put("seed", seed.seed());
            number(run, "lr", seed.lr());
            run.put("epochs", seed.epochs());
            METRICS.forEach(metric -> number(run, metric, seed.last().getOrDefault(metric, Double.NaN)));
            number(run, "best", seed.best());
            run.put("best_epoch", seed.bestEpoch());
            number(run, "seconds", seed.seconds());
        }
    }

    static void number(ObjectNode node, String name, double value) {
        if (Double.isFinite(value)) {
            node.put(name, value);
        } else {
            node.putNull(name);
        }
    }

    private static String csv(ComparisonResult result) {
        List<List<String>> rows = new ArrayList<>();
        List<String> head = new ArrayList<>(List.of("rival"));
        head.addAll(result.rivals().get(0).settings().settings().keySet());
        head.addAll(List.of("seed", "lr", "epochs"));
        head.addAll(METRICS);
        head.addAll(List.of("best_epoch", "best_" + result.metric(), "seconds", "run"));
        rows.add(head);
        for (RivalResult rival : result.rivals()) {
            for (SeedResult seed : rival.runs()) {
                List<String> row = new ArrayList<>(List.of(rival.settings().name()));
                row.addAll(rival.settings().settings().values());
                row.addAll(List.of(
                        Long.toString(seed.seed()), Double.toString(seed.lr()), Integer.toString(seed.epochs())));
                METRICS.forEach(metric -> row.add(text(seed.last().getOrDefault(metric, Double.NaN))));
                Path run = result.folder().relativize(seed.run());
                row.addAll(List.of(
                        Integer.toString(seed.bestEpoch()),
                        text(seed.best()),
                        String.format(Locale.ROOT, "%.1f", seed.seconds()),
                        run.toString().replace('\\', '/')));
                rows.add(row);
            }
        }
        return text(rows);
    }

    private static String losses(ComparisonResult result, Map<Rival, List<RunDirectory>> runs) {
        List<double[]> means = new ArrayList<>();
        List<String> head = new ArrayList<>(List.of("step"));
        for (RivalResult rival : result.rivals()) {
            head.add(rival.settings().name());
            means.add(mean(runs.getOrDefault(rival.settings(), List.of()).stream()
                    .map(BatchLosses::read)
                    .toList()));
        }
        int steps = means.stream().mapToInt(m -> m.length).max().orElse(0);
        List<List<String>> rows = new ArrayList<>(List.of(head));
        for (int i = 0; i < steps; i++) {
            int step = i;
            List<String> row = new ArrayList<>(List.of(Integer.toString(step + 1)));
            means.forEach(m -> row.add(step < m.length ? text(m[step]) : ""));
            rows.add(row);
        }
        return text(rows);
    }

    /** The mean of what there is at each step: a seed that stopped early counts as far as it got. */
    private static double[] mean(List<double[]> seeds) {
        double[] mean = new double[seeds.stream().mapToInt(s -> s.length).max().orElse(0)];
        for (int i = 0; i < mean.length; i++) {
            int step = i;
            mean[i] = seeds.stream()
                    .filter(s -> step < s.length && Double.isFinite(s[step]))
                    .mapToDouble(s -> s[step])
                    .average()
                    .orElse(Double.NaN);
        }
        return mean;
    }

    private static String text(double value) {
        return Double.isFinite(value) ? Double.toString(value) : "";
    }

    static String text(List<List<String>> rows) {
        try {
            return CsvMapper.builder()
                    .enable(CsvGenerator.Feature.STRICT_CHECK_FOR_QUOTING)
                    .build()
                    .writer(CsvSchema.emptySchema().withLineSeparator("\n"))
                    .writeValueAsString(rows);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("rows of text are always CSV", e);
        }
    }
}
