package io.sichter.dataset;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import io.sichter.error.DataException;
import io.sichter.error.Problem;
import io.sichter.storage.DurableFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A table of text with a header line: commas, tabs or semicolons, quotes where needed, UTF-8.
 *
 * @param header names of the columns, in lower case
 * @param rows the other lines that are not empty
 */
record ManifestTable(List<String> header, List<Row> rows) {
    private static final List<Character> DELIMITERS = List.of(',', '\t', ';');

    /**
     * One row.
     *
     * @param line where it begins, from 1
     * @param cells its values, without the spaces around them
     */
    record Row(int line, List<String> cells) {}

    static ManifestTable read(Path file) {
        String text = text(file);
        String first = text.lines().findFirst().orElse("");
        char delimiter = DELIMITERS.stream()
                .max(Comparator.comparingLong(
                        d -> first.chars().filter(c -> c == d).count()))
                .orElse(',');
        CsvSchema schema = CsvSchema.emptySchema().withColumnSeparator(delimiter);
        CsvMapper mapper = CsvMapper.builder()
                .enable(CsvParser.Feature.WRAP_AS_ARRAY, CsvParser.Feature.TRIM_SPACES)
                .build();
        List<Row> rows = new ArrayList<>();
        try (MappingIterator<List<String>> lines =
                mapper.readerForListOf(String.class).with(schema).readValues(text)) {
            int line = 1;
            while (lines.hasNextValue()) {
                List<String> cells =
                        lines.nextValue().stream().map(String::strip).toList();
                if (!cells.stream().allMatch(String::isEmpty)) {
                    rows.add(new Row(line, cells));
                }
                line += 1 + lineBreaks(cells);
            }
        } catch (JacksonException e) {
            int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
            throw new DataException(Problem.of("manifest.malformed", file, line, e.getOriginalMessage()), e);
        } catch (IOException e) {
            throw DurableFiles.failure("read", file, e);
        }
        if (rows.isEmpty()) {
            throw new DataException(Problem.of("manifest.empty", file));
        }
        List<String> header = rows.get(0).cells().stream()
                .map(name -> name.toLowerCase(java.util.Locale.ROOT))
                .toList();
        return new ManifestTable(header, List.copyOf(rows.subList(1, rows.size())));
    }

    private static int lineBreaks(List<String> cells) {
        return (int) cells.stream()
                .flatMapToInt(String::chars)
                .filter(c -> c == '\n')
                .count();
    }

    private static String text(Path file) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(Files.readAllBytes(file)))
                    .toString();
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw new DataException(Problem.of("manifest.encoding", file), e);
        } catch (IOException e) {
            throw DurableFiles.failure("read", file, e);
        }
    }
}
