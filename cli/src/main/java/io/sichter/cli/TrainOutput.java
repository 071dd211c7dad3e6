package io.sichter.cli;

import io.sichter.run.RunDirectory;
import io.sichter.text.Text;
import io.sichter.train.TrainResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What training prints when it is done: a table and a few lines, or one JSON object. */
final class TrainOutput {
    private static final List<String> BEST = List.of("train_loss", "val_loss", "val_accuracy", "val_f1_macro");

    private TrainOutput() {}

    static void print(Terminal terminal, TrainResult result, TrainProgress progress, boolean json) {
        String table = progress.rows().isEmpty()
                ? ""
                : EpochTable.format(
                        progress.rows(), terminal.interactive() ? terminal.columns() : 100, terminal.language());
        if (json) {
            if (!table.isEmpty()) {
                terminal.message(table);
            }
            terminal.result(Json.write(json(result)));
        } else {
            terminal.result(table
                    + (table.isEmpty() ? "" : "\n\n")
                    + text(result).in(terminal.language())
                    + pictures(terminal, result));
        }
    }

    private static Text text(TrainResult result) {
        Text quality = Text.of(
                "cli.train.quality",
                result.run(),
                result.epochs(),
                result.bestEpoch(),
                format("%.4f", best(result, "val_accuracy")),
                format("%.4f", best(result, "val_f1_macro")),
                format("%.4f", best(result, "val_loss")));
        Text cost = Text.of(
                "cli.train.cost",
                format("%.1f", result.trainImagesPerSecond()),
                format("%.0f", 100 * result.loaderWaitFraction()),
                format("%.1f", result.seconds()),
                format("%.0f", result.peakRssMb()));
        return Text.joined(System.lineSeparator(), List.of(quality, cost));
    }

    private static String format(String pattern, double value) {
        return String.format(Locale.ROOT, pattern, value);
    }

    /** Where the pictures are, if there are any. */
    private static String pictures(Terminal terminal, TrainResult result) {
        Path plots = new RunDirectory(result.run()).plots();
        return Files.isDirectory(plots) ? "\n" + Text.of("cli.pictures", plots).in(terminal.language()) : "";
    }

    static Map<String, Object> json(TrainResult result) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("run", result.run().toString());
        json.put("model", result.model());
        json.put("epochs", result.epochs());
        json.put("best_epoch", result.bestEpoch());
        for (String metric : BEST) {
            json.put(metric, Json.number(best(result, metric)));
        }
        json.put("train_images_per_second", Json.number(result.trainImagesPerSecond()));
        json.put("loader_wait_fraction", Json.number(result.loaderWaitFraction()));
        json.put("seconds", Json.number(result.seconds()));
        json.put("peak_rss_mb", Json.number(result.peakRssMb()));
        Path plots = new RunDirectory(result.run()).plots();
        json.put("pictures", Files.isDirectory(plots) ? plots.toString() : null);
        return json;
    }

    private static double best(TrainResult result, String metric) {
        return result.best().getOrDefault(metric, Double.NaN);
    }
}
