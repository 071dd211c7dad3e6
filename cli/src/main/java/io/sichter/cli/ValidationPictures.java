package io.sichter.cli;

import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import io.sichter.error.Problem;
import io.sichter.error.StorageException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Pictures of a run that it has not learnt from, as its {@code split.csv} says. */
final class ValidationPictures {
    private ValidationPictures() {}

    /** Some of them, spread over the list. */
    static List<Path> of(Path run, Path pictures, int count) {
        Path file = run.resolve("split.csv");
        List<Path> all = new ArrayList<>();
        ObjectReader reader = new CsvMapper()
                .readerFor(Map.class)
                .with(CsvSchema.emptySchema().withHeader());
        try (MappingIterator<Map<String, String>> rows = reader.readValues(file.toFile())) {
            while (rows.hasNext()) {
                Map<String, String> row = rows.next();
                if ("val".equals(row.get("split"))) {
                    all.add(pictures.resolve(row.getOrDefault("path", "")));
                }
            }
        } catch (IOException e) {
            throw new StorageException(Problem.of("cli.demo.split", file, String.valueOf(e.getMessage())), e);
        }
        List<Path> some = new ArrayList<>();
        for (int i = 0; i < Math.min(count, all.size()); i++) {
            some.add(all.get((int) ((i + 0.5) * all.size() / count)));
        }
        return some;
    }
}
