package io.sichter.run;

import io.sichter.storage.DurableFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads the tables of numbers that {@link History} writes. */
public final class MetricsFile {
    private MetricsFile() {}

    /**
     * The epochs of {@code metrics.csv} or {@code timings.csv}, in order; none if there is no such file yet. A field that
     * is empty or no number is NaN, and so is one that a row lacks.
     */
    public static List<EpochMetrics> read(Path file) {
        if (!Files.isRegularFile(file)) {
            return List.of();
        }
        List<String> lines = DurableFiles.read(file).lines().toList();
        List<EpochMetrics> epochs = new ArrayList<>();
        String[] names = lines.isEmpty() ? new String[0] : lines.get(0).split(",", -1);
        for (String line : lines.subList(Math.min(1, lines.size()), lines.size())) {
            String[] fields = line.split(",", -1);
            Map<String, Double> values = new LinkedHashMap<>();
            for (int i = 1; i < names.length; i++) {
                values.put(names[i], i < fields.length ? number(fields[i]) : Double.NaN);
            }
            epochs.add(new EpochMetrics((int) number(fields[0]), values));
        }
        return epochs;
    }

    private static double number(String field) {
        try {
            return Double.parseDouble(field);
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }
}
