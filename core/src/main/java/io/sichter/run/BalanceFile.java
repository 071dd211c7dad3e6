package io.sichter.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import io.sichter.storage.DurableFiles;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * The file {@code balance.csv}: how many training pictures each class has, and how much one of them weighs.
 *
 * @param rows in the order of the classes
 */
public record BalanceFile(List<Row> rows) {
    private static final CsvMapper CSV = new CsvMapper();
    private static final CsvSchema SCHEMA = CsvSchema.builder()
            .addColumn("class")
            .addColumn("pictures")
            .addColumn("weight")
            .setLineSeparator("\n")
            .build()
            .withHeader();

    /** Copies the rows. */
    public BalanceFile {
        rows = List.copyOf(rows);
    }

    /**
     * One class.
     *
     * @param name of the class
     * @param pictures in the training split
     * @param weight of one of them, in the loss or in the draw, with mean 1 over all; empty where nothing is weighed
     */
    public record Row(String name, int pictures, OptionalDouble weight) {}

    /** Writes it. */
    public void write(RunDirectory run) {
        List<List<String>> cells = new ArrayList<>();
        for (Row row : rows) {
            String weight =
                    row.weight().isPresent() ? Double.toString(row.weight().getAsDouble()) : "";
            cells.add(List.of(row.name(), Integer.toString(row.pictures()), weight));
        }
        try {
            DurableFiles.write(run.balance(), CSV.writer(SCHEMA).writeValueAsString(cells));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Rows of text can always be written as CSV", e);
        }
    }

    /** Reads it back. */
    public static BalanceFile read(RunDirectory run) {
        List<Row> rows = new ArrayList<>();
        try (MappingIterator<Map<String, String>> lines = CSV.readerForMapOf(String.class)
                .with(CsvSchema.emptySchema().withHeader())
                .readValues(DurableFiles.read(run.balance()))) {
            while (lines.hasNext()) {
                Map<String, String> line = lines.next();
                String weight = line.getOrDefault("weight", "");
                rows.add(new Row(
                        line.getOrDefault("class", ""),
                        Integer.parseInt(line.getOrDefault("pictures", "")),
                        weight.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(Double.parseDouble(weight))));
            }
        } catch (IOException | NumberFormatException e) {
            throw DurableFiles.failure("read", run.balance(), new IOException(e));
        }
        return new BalanceFile(rows);
    }
}
