package io.sichter.cli;

import io.sichter.cli.TextTable.Column;
import io.sichter.config.Normalization;
import io.sichter.published.FoundWeights;
import io.sichter.published.PublishedWeights;
import io.sichter.published.PublishedWeights.Preset;
import io.sichter.text.Text;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What is said about weights: a table, the lines of one, or JSON. */
final class WeightsOutput {
    private WeightsOutput() {}

    static String table(List<WeightsRow> rows, Terminal terminal) {
        Locale language = terminal.language();
        TextTable table = new TextTable(List.of(
                Column.words("", 1, 0),
                Column.words(Text.of("cli.weights.head.name").in(language), 16, 0),
                Column.number(Text.of("cli.weights.head.accuracy").in(language), 2),
                Column.number(Text.of("cli.weights.head.megabytes").in(language), 3),
                Column.words(Text.of("cli.weights.head.source").in(language), 10, 4),
                Column.words(Text.of("cli.weights.head.checksum").in(language), 8, 5),
                Column.words(Text.of("cli.weights.head.here").in(language), 4, 1)));
        for (WeightsRow row : rows) {
            table.row(List.of(
                    row.isDefault() ? "*" : "",
                    row.name(),
                    row.published().map(w -> decimals("%.4f", w.top1())).orElse("-"),
                    row.published()
                            .filter(w -> w.megabytes().isPresent())
                            .map(w -> decimals("%.1f", w.megabytes().getAsDouble()))
                            .orElse("-"),
                    row.source(),
                    checksum(row, language),
                    Text.of(row.file().isPresent() ? "cli.weights.yes" : "cli.weights.no")
                            .in(language)));
        }
        return table.format(terminal.resultColumns(), terminal.unicode()) + "\n"
                + Text.of("cli.weights.default").in(language);
    }

    private static String checksum(WeightsRow row, Locale language) {
        return row.verifiable()
                ? row.published().flatMap(PublishedWeights::sha256Prefix).orElse("")
                : Text.of(row.record().isPresent() ? "cli.weights.recorded" : "cli.weights.unverified")
                        .in(language);
    }

    /** Everything about one, a line each. */
    static String text(WeightsRow row, Terminal terminal) {
        Locale language = terminal.language();
        Map<String, String> lines = new LinkedHashMap<>();
        lines.put("name", row.name());
        lines.put("architecture", row.architecture());
        lines.put("source", row.source());
        row.published().ifPresent(weights -> {
            lines.put("address", weights.address().toString());
            lines.put("licence", weights.licence());
            lines.put("recipe", weights.recipe());
            lines.put("accuracy", decimals("%.4f", weights.top1()) + ", top-5 " + decimals("%.4f", weights.top5()));
            lines.put("preprocessing", preprocessing(weights.preset(), language));
        });
        lines.put("normalization", row.normalization().map(Normalization::text).orElse("-"));
        lines.put("sha256", row.sha256().orElse("-") + " (" + proof(row).in(language) + ")");
        lines.put("file", row.file().map(Path::toString).orElse("-"));
        int widest = lines.keySet().stream()
                .mapToInt(key -> label(key, language).length())
                .max()
                .orElse(0);
        return lines.entrySet().stream()
                .map(line -> String.format(
                        Locale.ROOT, "%-" + widest + "s  %s", label(line.getKey(), language), line.getValue()))
                .collect(Collectors.joining("\n"));
    }

    private static String label(String key, Locale language) {
        return Text.of("cli.weights.label." + key).in(language);
    }

    private static Text proof(WeightsRow row) {
        if (row.verifiable()) {
            return Text.of("cli.weights.proof.published", row.source());
        }
        return Text.of(row.record().isPresent() ? "cli.weights.proof.recorded" : "cli.weights.proof.none");
    }

    private static String preprocessing(Preset preset, Locale language) {
        return Text.of(
                        "cli.weights.preprocessing",
                        preset.resize(),
                        preset.interpolation(),
                        preset.imageSize(),
                        decimals("%.3f", preset.cropShare()))
                .in(language);
    }

    /** What was fetched or imported. */
    static String text(List<FoundWeights> found, Locale language) {
        return found.stream()
                .map(weights -> Text.of("cli.weights.found", weights.name(), weights.file(), weights.sha256())
                        .in(language))
                .collect(Collectors.joining("\n"));
    }

    static Map<String, Object> json(List<FoundWeights> found) {
        List<Map<String, Object>> list = new ArrayList<>();
        for (FoundWeights weights : found) {
            Map<String, Object> json = new LinkedHashMap<>(weights.provenance());
            json.put("file", weights.file().toString());
            list.add(json);
        }
        return Map.of("weights", list);
    }

    static Map<String, Object> rows(List<WeightsRow> rows) {
        return Map.of("weights", rows.stream().map(WeightsOutput::json).toList());
    }

    static Map<String, Object> json(WeightsRow row) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", row.name());
        json.put("architecture", row.architecture());
        json.put("default", row.isDefault());
        json.put("source", row.source());
        PublishedWeights published = row.published().orElse(null);
        json.put("url", published == null ? null : published.address().toString());
        json.put("licence", published == null ? null : published.licence());
        json.put("accuracy", published == null ? null : published.top1());
        json.put("top5", published == null ? null : published.top5());
        json.put("megabytes", megabytes(published));
        json.put("preprocessing", published == null ? null : preprocessing(published.preset()));
        json.put("mean", row.normalization().map(Normalization::mean).orElse(null));
        json.put("std", row.normalization().map(Normalization::std).orElse(null));
        json.put("sha256", row.sha256().orElse(null));
        json.put("verifiable", row.verifiable());
        json.put("file", row.file().map(Path::toString).orElse(null));
        return json;
    }

    private static @Nullable Double megabytes(@Nullable PublishedWeights published) {
        return published == null || published.megabytes().isEmpty()
                ? null
                : published.megabytes().getAsDouble();
    }

    private static Map<String, Object> preprocessing(Preset preset) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("image_size", preset.imageSize());
        json.put("resize", preset.resize());
        json.put("crop_pct", preset.cropShare());
        json.put("interpolation", preset.interpolation());
        return json;
    }

    private static String decimals(String format, double value) {
        return String.format(Locale.ROOT, format, value);
    }
}
