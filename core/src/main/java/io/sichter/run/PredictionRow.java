package io.sichter.run;

import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import io.sichter.error.Problem;
import io.sichter.error.StorageException;
import io.sichter.storage.DurableFiles;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * One row of {@code predictions/*.csv}, without the probabilities of the other classes.
 *
 * @param file id of the picture, a path below the folder of pictures
 * @param truth name of its class
 * @param prediction name of the class it was taken for
 * @param probability of that class, 0 to 1
 */
public record PredictionRow(String file, String truth, String prediction, double probability) {
    static final List<String> COLUMNS = List.of("file", "truth", "prediction", "probability");

    /** Whether the prediction is the truth. */
    public boolean right() {
        return truth.equals(prediction);
    }

    /**
     * Reads a file as {@link PredictionsWriter} writes it, row by row.
     *
     * @throws StorageException if it cannot be read, or is no such file
     */
    public static void read(Path file, Consumer<PredictionRow> rows) {
        readLines(file, (row, line) -> rows.accept(row));
    }

    /**
     * Reads a file with the probabilities of all classes.
     *
     * @param classes names of the classes that it must be of, in the order of the outputs
     * @param rows told of every row; the array is a new one each time
     * @throws StorageException if it cannot be read, or is no such file
     */
    public static void read(Path file, List<String> classes, BiConsumer<PredictionRow, float[]> rows) {
        readLines(file, (row, line) -> {
            if (line.length != COLUMNS.size() + classes.size()) {
                throw damaged(file, String.join(",", line));
            }
            float[] probabilities = new float[classes.size()];
            for (int k = 0; k < probabilities.length; k++) {
                probabilities[k] = Float.parseFloat(line[COLUMNS.size() + k]);
            }
            rows.accept(row, probabilities);
        });
    }

    private static void readLines(Path file, BiConsumer<PredictionRow, String[]> rows) {
        try (BufferedReader text = Files.newBufferedReader(file);
                MappingIterator<String[]> lines = new CsvMapper()
                        .readerFor(String[].class)
                        .with(CsvParser.Feature.WRAP_AS_ARRAY)
                        .readValues(text)) {
            String[] header = lines.hasNext() ? lines.next() : new String[0];
            if (header.length < COLUMNS.size()
                    || !List.of(header).subList(0, COLUMNS.size()).equals(COLUMNS)) {
                throw damaged(file, String.join(",", header));
            }
            while (lines.hasNext()) {
                String[] line = lines.next();
                if (line.length != header.length) {
                    throw damaged(file, String.join(",", line));
                }
                rows.accept(new PredictionRow(line[0], line[1], line[2], Double.parseDouble(line[3])), line);
            }
        } catch (NumberFormatException e) {
            throw damaged(file, String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw DurableFiles.failure("read", file, e);
        }
    }

    /** What to throw where a file has something that cannot be. */
    public static StorageException damaged(Path file, String found) {
        return new StorageException(Problem.of("run.predictions", file, found, String.join(",", COLUMNS)));
    }
}
