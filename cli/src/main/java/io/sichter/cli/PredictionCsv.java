package io.sichter.cli;

import com.fasterxml.jackson.databind.SequenceWriter;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import io.sichter.error.Problem;
import io.sichter.error.StorageException;
import io.sichter.evaluate.Prediction.ClassProbability;
import io.sichter.text.Text;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Predictions as a table: {@code file, prediction, probability}, then {@code prediction_2, probability_2} ... as far as
 * {@code --top} goes, then {@code error}. UTF-8, line feeds, English: other programs read it.
 */
final class PredictionCsv {
    private PredictionCsv() {}

    /** Says that a file cannot be written before the work is done, not after it. */
    static void requireWritable(Path file) {
        Path folder = folder(file);
        if (!Files.isDirectory(folder) || !Files.isWritable(folder) || Files.isDirectory(file)) {
            throw new StorageException(Problem.of("cli.predict.csv", file, Text.of("cli.predict.csv.no_folder")));
        }
    }

    /** Writes a complete file, or leaves the one that was there. */
    static void write(Path file, List<PredictedFile> predictions) {
        int top = predictions.stream().mapToInt(p -> p.top().size()).max().orElse(0);
        Path temporary = folder(file).resolve("." + file.getFileName() + ".tmp");
        try {
            try (SequenceWriter rows = new CsvMapper()
                    .writer()
                    .with(new CsvMapper().schema())
                    .writeValues(Files.newBufferedWriter(temporary))) {
                rows.write(header(top));
                for (PredictedFile prediction : predictions) {
                    rows.write(row(prediction, top));
                }
            }
            Files.move(temporary, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            try {
                Files.deleteIfExists(temporary);
            } catch (IOException second) {
                e.addSuppressed(second);
            }
            throw new StorageException(Problem.of("cli.predict.csv", file, String.valueOf(e.getMessage())), e);
        }
    }

    private static List<String> header(int top) {
        List<String> header = new ArrayList<>(List.of("file"));
        for (int i = 1; i <= top; i++) {
            header.add(i == 1 ? "prediction" : "prediction_" + i);
            header.add(i == 1 ? "probability" : "probability_" + i);
        }
        header.add("error");
        return header;
    }

    private static List<String> row(PredictedFile prediction, int top) {
        List<String> row = new ArrayList<>(List.of(prediction.file()));
        for (int i = 0; i < top; i++) {
            boolean there = i < prediction.top().size();
            ClassProbability c = there ? prediction.top().get(i) : new ClassProbability("", 0);
            row.add(c.name());
            row.add(there ? Double.toString(c.probability()) : "");
        }
        row.add(prediction.error().map(reason -> reason.in(Locale.ENGLISH)).orElse(""));
        return row;
    }

    private static Path folder(Path file) {
        Path parent = file.toAbsolutePath().getParent();
        return parent == null ? file.toAbsolutePath() : parent;
    }
}
