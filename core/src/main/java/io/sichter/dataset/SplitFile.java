package io.sichter.dataset;

import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import io.sichter.error.DataException;
import io.sichter.error.Problem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The file {@code split.csv}: which picture was used for what. Columns {@code path} (below the data's root, with {@code
 * /}), {@code class} and {@code split} ({@code train}, {@code val} or {@code test}); one row per picture, train first,
 * each part by path; UTF-8, lines end in a line feed.
 */
public final class SplitFile {
    private static final CsvSchema SCHEMA = CsvSchema.builder()
            .addColumn("path")
            .addColumn("class")
            .addColumn("split")
            .setUseHeader(true)
            .setStrictHeaders(true)
            .build();

    private SplitFile() {}

    /** The text of the file. */
    public static String write(Partition partition) {
        List<Map<String, String>> rows = new ArrayList<>();
        for (Part part : Part.values()) {
            for (Sample sample : partition.samples(part)) {
                rows.add(Map.of(
                        "path", sample.id(),
                        "class", partition.classes().name(sample.target()),
                        "split", part.label()));
            }
        }
        return CsvText.write(SCHEMA, rows);
    }

    /**
     * Reads the text of the file back. Whether the pictures are still there is found out when they are read.
     *
     * @param csv the text
     * @param classes the classes of the run
     * @param root the folder that the paths start from
     * @throws DataException if it is no such file, or names a class or part that does not exist, or a picture twice, or
     *     one outside the root
     */
    public static Partition read(String csv, ClassIndex classes, Path root) {
        Map<String, Integer> indices = classes.toMap();
        Map<Part, List<Sample>> parts = new EnumMap<>(Part.class);
        Set<String> seen = new HashSet<>();
        int line = 1;
        for (Map<String, String> row : CsvText.read(SCHEMA, csv, "split.csv")) {
            line++;
            String id = row.getOrDefault("path", "");
            Integer target = indices.get(row.getOrDefault("class", ""));
            Part part = Part.ofLabel(row.getOrDefault("split", "")).orElse(null);
            if (target == null || part == null || !isInside(id) || !seen.add(id)) {
                throw new DataException(Problem.of("dataset.split_row", line, row));
            }
            Sample sample = Sample.of(id, new SampleSource.FileSource(root.resolve(id)), target);
            parts.computeIfAbsent(part, p -> new ArrayList<>()).add(sample);
        }
        return new Partition(
                classes, ordered(parts, Part.TRAIN), ordered(parts, Part.VALIDATION), ordered(parts, Part.TEST));
    }

    private static boolean isInside(String id) {
        Path path = Path.of(id);
        return !id.isEmpty() && !path.isAbsolute() && !path.normalize().startsWith("..");
    }

    private static List<Sample> ordered(Map<Part, List<Sample>> parts, Part part) {
        return parts.getOrDefault(part, List.of()).stream()
                .sorted(Comparator.comparing(Sample::id, ClassIndex.byCodePoint()))
                .toList();
    }
}
