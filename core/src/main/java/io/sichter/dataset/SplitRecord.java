package io.sichter.dataset;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import io.sichter.error.Problem;
import io.sichter.error.StorageException;
import io.sichter.error.UsageException;
import io.sichter.storage.Digests;
import io.sichter.storage.DurableFiles;
import io.sichter.text.Text;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * A division and how it was asked for, as {@code split.json} and {@code split.csv} keep it.
 *
 * @param partition the parts
 * @param made the parts that were asked for
 * @param parameters what was asked for, by name; two divisions are the same if these and the pictures are
 * @param labelConflicts ids of equal files in different classes
 */
public record SplitRecord(
        Partition partition, Set<Part> made, Map<String, Object> parameters, List<List<String>> labelConflicts) {
    static final String NAME = "split.json";

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /**
     * One picture of the division.
     *
     * @param path its place below the folder that is made, with {@code /}
     * @param part name of its part
     * @param label name of its class
     * @param sample the picture itself
     */
    record Entry(String path, String part, String label, Sample sample) {}

    /** Copies the collections. */
    public SplitRecord {
        made = Set.copyOf(made);
        parameters = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
        labelConflicts = labelConflicts.stream().map(List::copyOf).toList();
    }

    /** All pictures, part after part. */
    List<Entry> entries() {
        List<Entry> entries = new ArrayList<>();
        for (Part part : Part.values()) {
            for (Sample sample : partition.samples(part)) {
                String label = partition.classes().name(sample.target());
                String name = part.label();
                String inner =
                        sample.id().startsWith(label + "/") ? sample.id().substring(label.length() + 1) : sample.id();
                entries.add(new Entry(name + "/" + label + "/" + inner, name, label, sample));
            }
        }
        return entries;
    }

    /** Number of pictures of each class in each part, parts in their order. */
    public Map<String, Map<String, Integer>> counts() {
        Map<String, Map<String, Integer>> counts = new LinkedHashMap<>();
        for (Part part : Part.values()) {
            if (made.contains(part)) {
                Map<String, Integer> ofPart = new LinkedHashMap<>();
                int[] numbers = partition.dataset(part).classCounts();
                for (int i = 0; i < numbers.length; i++) {
                    ofPart.put(partition.classes().name(i), numbers[i]);
                }
                counts.put(part.label(), ofPart);
            }
        }
        return counts;
    }

    /** One sentence for each part in which classes have no picture. */
    public List<Text> absentClasses() {
        List<Text> texts = new ArrayList<>();
        counts().forEach((part, numbers) -> {
            List<String> absent = numbers.keySet().stream()
                    .filter(name -> numbers.getOrDefault(name, 0) == 0)
                    .toList();
            if (!absent.isEmpty()) {
                texts.add(Text.of("dataset.absent_classes", FolderProblems.shortList(absent), part));
            }
        });
        return texts;
    }

    String toJson(boolean complete) {
        ObjectNode root = JSON.createObjectNode();
        root.put("format", 1);
        root.put("complete", complete);
        root.set("parameters", JSON.valueToTree(parameters));
        root.put("data", fingerprint());
        root.set("classes", JSON.valueToTree(partition.classes().names()));
        root.set("counts", JSON.valueToTree(counts()));
        root.set("label_conflicts", JSON.valueToTree(labelConflicts));
        ArrayNode pictures = root.putArray("pictures");
        for (Entry entry : entries()) {
            pictures.addObject()
                    .put("path", entry.path())
                    .put("label", entry.label())
                    .put("split", entry.part())
                    .put("source", entry.sample().id());
        }
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of texts and numbers is always JSON", e);
        }
    }

    /** The table: it can be trained on as it is, for its paths start from the folder it lies in. */
    String toCsv() {
        TreeSet<String> attributes = new TreeSet<>();
        List<Entry> entries = entries();
        entries.forEach(e -> attributes.addAll(e.sample().attributes().keySet()));
        CsvSchema.Builder schema = CsvSchema.builder().setUseHeader(true);
        List<String> fixed = List.of("path", "label", "split", "source");
        attributes.removeAll(fixed);
        fixed.forEach(schema::addColumn);
        attributes.forEach(schema::addColumn);
        List<Map<String, String>> rows = new ArrayList<>();
        for (Entry entry : entries) {
            Map<String, String> row = new LinkedHashMap<>(entry.sample().attributes());
            row.keySet().removeAll(fixed);
            row.put("path", entry.path());
            row.put("label", entry.label());
            row.put("split", entry.part());
            row.put("source", entry.sample().id());
            rows.add(row);
        }
        return CsvText.write(schema.build(), rows);
    }

    /**
     * Compares with the file that a folder already holds.
     *
     * @throws UsageException if it records another division
     */
    void requireSame(Path folder) {
        Path file = folder.resolve(NAME);
        JsonNode before = read(file);
        JsonNode asked = JSON.valueToTree(parameters);
        if (!asked.toString().equals(before.path("parameters").toString())) {
            throw new UsageException(
                    Problem.of("split.other_parameters", file, before.path("parameters"), asked, folder));
        }
        if (!fingerprint().equals(before.path("data").asText())) {
            throw new UsageException(Problem.of("split.other_data", file, folder));
        }
    }

    boolean isComplete(Path file) {
        return Files.isRegularFile(file) && read(file).path("complete").asBoolean();
    }

    private static JsonNode read(Path file) {
        try {
            return JSON.readTree(DurableFiles.read(file));
        } catch (JsonProcessingException e) {
            throw new StorageException(Problem.of("split.damaged", file, e.getOriginalMessage()), e);
        }
    }

    /** SHA-256 of the place of every picture. */
    private String fingerprint() {
        StringBuilder text = new StringBuilder();
        entries().forEach(e -> text.append(e.path())
                .append('\0')
                .append(e.sample().id())
                .append('\n'));
        return Digests.sha256(text.toString().getBytes(StandardCharsets.UTF_8));
    }
}
