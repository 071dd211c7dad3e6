package io.sichter.run;

import com.fasterxml.jackson.databind.SequenceWriter;
import com.fasterxml.jackson.dataformat.csv.CsvGenerator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import io.sichter.error.StorageException;
import io.sichter.storage.DurableFiles;
import java.io.BufferedWriter;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Writes what a network says of each picture of a split, row by row, so that memory does not grow with the split: {@code
 * file,truth,prediction,probability}, then the probability of every class in the order of the outputs. The file appears
 * complete with {@link #commit}, or not at all.
 */
public final class PredictionsWriter implements AutoCloseable {
    private static final CsvMapper CSV = CsvMapper.builder()
            .enable(CsvGenerator.Feature.STRICT_CHECK_FOR_QUOTING)
            .build();

    private final Path file;
    private final Path temporary;
    private final List<String> classes;
    private final FileOutputStream stream;
    private final SequenceWriter rows;

    /**
     * Begins a file that replaces the one of this name when it is complete.
     *
     * @param classes names of the outputs
     * @throws StorageException if it cannot be written
     */
    public PredictionsWriter(Path file, List<String> classes) {
        this.file = file;
        this.temporary = file.resolveSibling(DurableFiles.TEMPORARY_PREFIX + file.getFileName());
        this.classes = List.copyOf(classes);
        DurableFiles.makeFolder(Objects.requireNonNull(file.toAbsolutePath().getParent(), "a file lies in a folder"));
        try {
            stream = new FileOutputStream(temporary.toFile());
            rows = CSV.writer(CsvSchema.emptySchema())
                    .writeValues(new BufferedWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8)));
            List<String> header = new ArrayList<>(PredictionRow.COLUMNS);
            header.addAll(classes);
            rows.write(header);
        } catch (IOException e) {
            throw DurableFiles.failure("write", file, e);
        }
    }

    /**
     * Adds a picture.
     *
     * @param picture its id, a path below the folder of pictures
     * @param truth index of its class
     * @param prediction index of the class it was taken for
     * @param probabilities of every class, 0 to 1; written so that reading gives the same floats
     */
    public void add(String picture, int truth, int prediction, float[] probabilities) {
        Object[] row = new Object[PredictionRow.COLUMNS.size() + probabilities.length];
        row[0] = picture;
        row[1] = classes.get(truth);
        row[2] = classes.get(prediction);
        row[3] = probabilities[prediction];
        for (int k = 0; k < probabilities.length; k++) {
            row[PredictionRow.COLUMNS.size() + k] = probabilities[k];
        }
        try {
            rows.write(row);
        } catch (IOException e) {
            throw DurableFiles.failure("write", file, e);
        }
    }

    /** Puts the file in its place; nothing may be added any more. */
    public void commit() {
        try {
            rows.flush();
            stream.getFD().sync();
            rows.close();
        } catch (IOException e) {
            throw DurableFiles.failure("write", file, e);
        }
        DurableFiles.commit(temporary, file);
    }

    /** Discards what was not committed. */
    @Override
    public void close() {
        try {
            rows.close();
            Files.deleteIfExists(temporary);
        } catch (IOException e) {
            throw DurableFiles.failure("write", file, e);
        }
    }
}
