package io.sichter.dataset;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import io.sichter.error.DataException;
import io.sichter.error.Problem;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Rows to CSV text and back: comma, quotes where needed, lines that end in a line feed. */
final class CsvText {
    private static final CsvMapper MAPPER = new CsvMapper();

    private CsvText() {}

    static String write(CsvSchema schema, List<Map<String, String>> rows) {
        try {
            return MAPPER.writer(schema.withLineSeparator("\n")).writeValueAsString(rows);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Rows of text can always be written as CSV", e);
        }
    }

    static List<Map<String, String>> read(CsvSchema schema, String text, String file) {
        try (MappingIterator<Map<String, String>> rows =
                MAPPER.readerForMapOf(String.class).with(schema).readValues(text)) {
            return rows.readAll();
        } catch (IOException e) {
            throw new DataException(
                    Problem.of(
                            "dataset.csv",
                            file,
                            String.valueOf(e.getMessage()),
                            String.join(", ", schema.getColumnNames())),
                    e);
        }
    }
}
