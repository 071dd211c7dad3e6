package io.sichter.dataset;

import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import io.sichter.error.DataException;
import io.sichter.error.Problem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The file {@code split.csv}: which picture was used for what. Columns {@code path} (below the data's root, with {@code
 * /}), {@code class} and {@code split} ({@code train}, {@code val} or {@code test}), then the attributes of the samples,
 * by name, where they have any; one row per picture, train first, each part by path; UTF-8, lines end in a line feed.
 */
public final class SplitFile {
    private static final List<String> FIXED = List.of("path", "class", "split");

    private SplitFile() {}

    /** What the file says of one picture. */
    record Row(String label, Part part, Map<String, String> attributes) {}

    /** The text of the file. */
    public static String write(Partition partition) {
        TreeSet<String> attributes = new TreeSet<>();
        for (Part part : Part.values()) {
            partition
                    .samples(part)
                    .forEach(s -> attributes.addAll(s.attributes().keySet()));
        }
        attributes.removeAll(FIXED);
        List<Map<String, String>> rows = new ArrayList<>();
        for (Part part : Part.values()) {
            for (Sample sample : partition.samples(part)) {
                Map<String, String> row = new LinkedHashMap<>();
                attributes.forEach(name -> row.put(name, sample.attributes().getOrDefault(name, "")));
                row.put("path", sample.id());
                row.put("class", partition.classes().name(sample.target()));
                row.put("split", part.label());
                rows.add(row);
            }
        }
        CsvSchema.Builder schema = CsvSchema.builder().setUseHeader(true);
        FIXED.forEach(schema::addColumn);
        attributes.forEach(schema::addColumn);
        return CsvText.write(schema.build(), rows);
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
        rows(csv, "split.csv").forEach((id, row) -> {
            Integer target = indices.get(row.label());
            if (target == null) {
                throw new DataException(Problem.of("split.bad_row", "split.csv", id + ", " + row.label()));
            }
            parts.computeIfAbsent(row.part(), p -> new ArrayList<>())
                    .add(new Sample(
                            id, new SampleSource.FileSource(root.resolve(id)), List.of(target), row.attributes()));
        });
        return new Partition(
                classes, ordered(parts, Part.TRAIN), ordered(parts, Part.VALIDATION), ordered(parts, Part.TEST));
    }

    /** The rows by path. */
    static Map<String, Row> rows(String csv, String file) {
        CsvSchema schema = CsvSchema.emptySchema().withHeader();
        Map<String, Row> rows = new LinkedHashMap<>();
        for (Map<String, String> cells : CsvText.read(schema, csv, file)) {
            Map<String, String> attributes = new TreeMap<>(cells);
            String id = cells.getOrDefault("path", "");
            String label = cells.getOrDefault("class", cells.getOrDefault("label", ""));
            Part part = Part.ofLabel(cells.getOrDefault("split", "")).orElse(null);
            attributes.values().removeIf(String::isEmpty);
            attributes.keySet().removeAll(cells.containsKey("class") ? FIXED : List.of("path", "label", "split"));
            boolean usable =
                    !label.isEmpty() && isInside(id) && Sample.isWeight(attributes.getOrDefault(Sample.WEIGHT, "1"));
            if (part == null || !usable || rows.put(id, new Row(label, part, attributes)) != null) {
                throw new DataException(Problem.of("split.bad_row", file, cells.values()));
            }
        }
        return rows;
    }

    private static boolean isInside(String id) {
        Path path = Path.of(id);
        return !id.isEmpty() && !path.isAbsolute() && !path.normalize().startsWith("..");
    }

    private static List<Sample> ordered(Map<Part, List<Sample>> parts, Part part) {
        return RandomOrder.byId(parts.getOrDefault(part, List.of()));
    }
}
