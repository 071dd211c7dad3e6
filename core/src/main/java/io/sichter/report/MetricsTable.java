package io.sichter.report;

import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import io.sichter.storage.DurableFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The rows of {@code metrics.csv}.
 *
 * @param rows one per epoch, by the names of the columns
 */
record MetricsTable(List<Map<String, String>> rows) {
    static MetricsTable read(Path file) {
        String text = DurableFiles.read(file);
        if (text.isBlank()) { // before the first epoch is done
            return new MetricsTable(List.of());
        }
        try (MappingIterator<Map<String, String>> lines = new CsvMapper()
                .readerForMapOf(String.class)
                .with(CsvSchema.emptySchema().withHeader())
                .readValues(text)) {
            return new MetricsTable(lines.readAll());
        } catch (IOException e) {
            throw DurableFiles.failure("read", file, e);
        }
    }

    /** Whether no epoch is done. */
    boolean isEmpty() {
        return rows.isEmpty();
    }

    /** A metric over the epochs; NaN where it is not available. */
    double[] values(String metric) {
        return rows.stream()
                .mapToDouble(row -> {
                    String value = row.getOrDefault(metric, "");
                    return value.isEmpty() ? Double.NaN : Double.parseDouble(value);
                })
                .toArray();
    }
}
