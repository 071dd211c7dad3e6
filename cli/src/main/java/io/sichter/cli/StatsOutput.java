package io.sichter.cli;

import io.sichter.dataset.ClassBalance;
import io.sichter.dataset.Part;
import io.sichter.dataset.Partition;
import io.sichter.statistics.DatasetStatistics;
import io.sichter.statistics.DatasetStatistics.Spread;
import io.sichter.text.Text;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Statistics as tables and bars, or as one JSON object. */
record StatsOutput(Terminal terminal, Partition partition, DatasetStatistics statistics, ClassBalance balance) {
    private static final List<String> COLOURS = List.of("red", "green", "blue");

    String text(@Nullable String imageSize) {
        Text treatment = imageSize == null ? Text.of("cli.stats.stored") : Text.of("cli.stats.resized", imageSize);
        List<String> blocks = new ArrayList<>();
        blocks.add(say("cli.stats.title", statistics.pictures(), treatment));
        blocks.add(channels());
        blocks.add(say(
                "cli.stats.formula",
                InputNotes.numbers(statistics.mean()).replace(' ', ','),
                InputNotes.numbers(statistics.std()).replace(' ', ','),
                String.format(Locale.ROOT, "%.0f", 100 * lost())));
        blocks.add(say("cli.stats.classes", counts()) + "\n" + bars());
        blocks.add(balance.verdict().in(terminal.language()));
        blocks.add(sizes());
        return Wrap.words(String.join("\n\n", blocks), terminal.resultColumns());
    }

    private String channels() {
        TextTable table = new TextTable(List.of(
                TextTable.Column.words(say("cli.stats.channel"), 4, 0),
                TextTable.Column.number("mean", 0),
                TextTable.Column.number("std", 0),
                TextTable.Column.number(say("cli.stats.mean_per_picture"), 0),
                TextTable.Column.number(say("cli.stats.std_per_picture"), 0)));
        int channels = statistics.mean().size();
        for (int c = 0; c < channels; c++) {
            table.row(List.of(
                    channels == 3 ? say("cli.stats." + COLOURS.get(c)) : Integer.toString(c),
                    number(statistics.mean().get(c)),
                    number(statistics.std().get(c)),
                    number(statistics.meanPerPicture().get(c)),
                    number(statistics.stdPerPicture().get(c))));
        }
        return format(table);
    }

    private String format(TextTable table) {
        return table.format(terminal.columns(), terminal.unicode());
    }

    /** By how much the mean of the pictures' own deviations is too small. */
    private double lost() {
        double own = statistics.stdPerPicture().stream().mapToDouble(d -> d).sum();
        double all = statistics.std().stream().mapToDouble(d -> d).sum();
        return all > 0 ? 1 - own / all : 0;
    }

    private String counts() {
        List<String> counts = new ArrayList<>();
        for (Part part : Part.values()) {
            int size = partition.samples(part).size();
            if (size > 0) {
                counts.add(part.label() + " " + size);
            }
        }
        return String.join(", ", counts);
    }

    private String bars() {
        return TextBars.of(
                balance.classes(),
                balance.counts().stream().map(Integer::doubleValue).toList(),
                v -> String.format(Locale.ROOT, "%.0f", v),
                terminal.interactive() ? terminal.columns() : 80,
                terminal.unicode());
    }

    private String sizes() {
        TextTable table = new TextTable(List.of(
                TextTable.Column.words(say("cli.stats.size"), 8, 0),
                TextTable.Column.number(say("cli.stats.min"), 0),
                TextTable.Column.number(say("cli.stats.median"), 0),
                TextTable.Column.number(say("cli.stats.max"), 0)));
        row(table, "cli.stats.width", statistics.width(), "%.0f");
        row(table, "cli.stats.height", statistics.height(), "%.0f");
        row(table, "cli.stats.aspect", statistics.aspect(), "%.2f");
        String kinds = statistics.kinds().entrySet().stream()
                .map(e -> e.getKey() + " " + e.getValue())
                .collect(Collectors.joining(", "));
        return format(table) + "\n\n" + say("cli.stats.kinds", kinds);
    }

    private void row(TextTable table, String key, Spread spread, String format) {
        table.row(List.of(
                say(key),
                String.format(Locale.ROOT, format, spread.min()),
                String.format(Locale.ROOT, format, spread.median()),
                String.format(Locale.ROOT, format, spread.max())));
    }

    Map<String, Object> json(@Nullable String imageSize) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("split", "train");
        json.put("image_size", imageSize == null ? 0 : Integer.parseInt(imageSize));
        json.put("statistics", statistics);
        Map<String, Object> classes = new LinkedHashMap<>();
        for (Part part : Part.values()) {
            if (!partition.samples(part).isEmpty()) {
                Map<String, Integer> counts = new LinkedHashMap<>();
                int[] numbers = partition.dataset(part).classCounts();
                for (int i = 0; i < numbers.length; i++) {
                    counts.put(partition.classes().name(i), numbers[i]);
                }
                classes.put(part.label(), counts);
            }
        }
        json.put("classes", classes);
        json.put("imbalance", Json.number(balance.ratio()));
        return json;
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.4f", value);
    }

    private String say(String key, Object... arguments) {
        return Text.of(key, arguments).in(terminal.language());
    }
}
