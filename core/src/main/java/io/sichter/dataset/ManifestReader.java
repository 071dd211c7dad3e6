package io.sichter.dataset;

import io.sichter.dataset.DataFolder.Layout;
import io.sichter.error.DataException;
import io.sichter.error.Problem;
import io.sichter.registry.Suggestion;
import io.sichter.text.Text;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Reads a table of pictures: columns {@code path} (below the table's folder), {@code label} (or {@code class}), maybe
 * {@code split} and {@code weight}; what stands in other columns, {@code group} among them, becomes an attribute of the
 * sample.
 */
final class ManifestReader {
    private static final int SHOWN = 5;

    private final Path file;
    private final Path root;
    private final ManifestTable table;
    private final int path;
    private final int label;
    private final int split;
    private final List<Text> faults = new ArrayList<>();

    /** One usable row. */
    private record Entry(String id, String label, Part part, Map<String, String> attributes) {}

    ManifestReader(Path file) {
        this.file = file;
        this.root = DataFolder.rootOf(file);
        this.table = ManifestTable.read(file);
        List<String> header = table.header();
        if (new LinkedHashSet<>(header).size() != header.size()) {
            throw new DataException(Problem.of("manifest.column_twice", file, String.join(", ", header)));
        }
        this.path = column("path");
        this.label = header.contains("label") || !header.contains("class") ? column("label") : column("class");
        this.split = header.indexOf("split");
    }

    /** Whether a path is read as a table. */
    static boolean reads(Path path) {
        String name = FolderListing.name(path).toLowerCase(Locale.ROOT);
        return Files.isRegularFile(path) && (name.endsWith(".csv") || name.endsWith(".tsv"));
    }

    DataFolder forTraining() {
        List<Entry> entries = entries();
        Set<String> training = new LinkedHashSet<>();
        entries.stream().filter(e -> e.part() == Part.TRAIN).forEach(e -> training.add(e.label()));
        if (training.isEmpty()) {
            throw FolderProblems.noTrainingPart(
                    file, entries.stream().map(Entry::part).distinct().toList());
        }
        ClassIndex classes = ClassList.order(root, training);
        for (Entry entry : entries) {
            if (!training.contains(entry.label())) {
                throw FolderProblems.classOutsideTraining(entry.part(), entry.label(), classes);
            }
        }
        DataFolder folder = folder(entries, classes);
        FolderProblems.checkForTraining(folder);
        List<Text> warnings = FolderProblems.absentClasses(folder);
        return new DataFolder(root, folder.layout(), classes, folder.parts(), List.of(), warnings);
    }

    DataFolder forEvaluation(ClassIndex known) {
        List<Entry> entries = entries();
        for (Entry entry : entries) {
            if (!known.names().contains(entry.label())) {
                throw FolderProblems.unknownClass(file, entry.label(), known);
            }
        }
        return folder(entries, known);
    }

    private DataFolder folder(List<Entry> entries, ClassIndex classes) {
        Map<String, Integer> indices = classes.toMap();
        Map<Part, List<Sample>> parts = new EnumMap<>(Part.class);
        for (Entry entry : entries) {
            Integer target = indices.get(entry.label());
            if (target != null) {
                parts.computeIfAbsent(entry.part(), p -> new ArrayList<>())
                        .add(new Sample(
                                entry.id(),
                                new SampleSource.FileSource(root.resolve(entry.id())),
                                List.of(target),
                                entry.attributes()));
            }
        }
        parts.replaceAll((part, samples) -> RandomOrder.byId(samples));
        Layout layout = split < 0
                ? Layout.CLASSES
                : parts.containsKey(Part.VALIDATION) ? Layout.TRAIN_AND_VALIDATION : Layout.TRAIN_WITHOUT_VALIDATION;
        return new DataFolder(root, layout, classes, parts, List.of(), List.of());
    }

    private List<Entry> entries() {
        List<Entry> entries = new ArrayList<>();
        Map<String, Integer> lines = new HashMap<>();
        for (ManifestTable.Row row : table.rows()) {
            Optional<Entry> entry = entry(row);
            if (entry.isEmpty()) {
                continue;
            }
            Integer earlier = lines.putIfAbsent(entry.get().id(), row.line());
            if (earlier != null) {
                fault("manifest.row_twice", row, entry.get().id(), earlier);
            } else if (!Files.isRegularFile(root.resolve(entry.get().id()))) {
                fault("manifest.row_missing", row, entry.get().id());
            }
            entries.add(entry.get());
        }
        if (!faults.isEmpty()) {
            List<Text> shown = new ArrayList<>(faults.subList(0, Math.min(SHOWN, faults.size())));
            if (faults.size() > SHOWN) {
                shown.add(Text.of("more", faults.size() - SHOWN));
            }
            throw new DataException(
                    Problem.of("manifest.rows", faults.size(), table.rows().size(), file, Text.joined("\n", shown)));
        }
        if (entries.isEmpty()) {
            throw new DataException(Problem.of("manifest.empty", file));
        }
        return entries;
    }

    /** The row as an entry; empty after a fault was noted. */
    private Optional<Entry> entry(ManifestTable.Row row) {
        List<String> cells = row.cells();
        if (cells.size() != table.header().size()) {
            return fault(
                    "manifest.row_length", row, cells.size(), table.header().size());
        }
        if (cells.get(path).isEmpty() || cells.get(label).isEmpty()) {
            return fault(
                    "manifest.row_empty",
                    row,
                    table.header().get(cells.get(path).isEmpty() ? path : label));
        }
        Optional<Part> part = split < 0 ? Optional.of(Part.TRAIN) : Part.ofFolder(cells.get(split));
        if (part.isEmpty()) {
            return fault("manifest.row_split", row, cells.get(split));
        }
        Optional<String> id = id(cells.get(path));
        if (id.isEmpty()) {
            return fault("manifest.row_outside", row, cells.get(path));
        }
        Map<String, String> attributes = new TreeMap<>();
        for (int i = 0; i < cells.size(); i++) {
            boolean fixed = i == path || i == label || i == split;
            if (!fixed && !cells.get(i).isEmpty()) {
                attributes.put(table.header().get(i), cells.get(i));
            }
        }
        if (!Sample.isWeight(attributes.getOrDefault(Sample.WEIGHT, "1"))) {
            return fault("manifest.row_weight", row, attributes.getOrDefault(Sample.WEIGHT, ""));
        }
        return Optional.of(new Entry(id.get(), cells.get(label), part.get(), attributes));
    }

    private Optional<Entry> fault(String key, ManifestTable.Row row, Object... arguments) {
        List<Object> all = new ArrayList<>(List.of(row.line()));
        all.addAll(List.of(arguments));
        faults.add(Text.of(key, all.toArray()));
        return Optional.empty();
    }

    /** The path below the table's folder as the id of a sample: one file has one id, however it is written. */
    private Optional<String> id(String written) {
        try {
            boolean asWritten = Files.exists(root.resolve(written));
            Path relative =
                    Path.of(asWritten ? written : written.replace('\\', '/')).normalize();
            boolean inside = !relative.isAbsolute()
                    && !relative.startsWith("..")
                    && !relative.toString().isEmpty();
            return inside ? Optional.of(new FolderListing(root).id(root.resolve(relative))) : Optional.empty();
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    private int column(String name) {
        int index = table.header().indexOf(name);
        if (index < 0) {
            throw new DataException(Problem.of(
                    "manifest.no_column",
                    name,
                    file,
                    String.join(", ", table.header()),
                    Suggestion.didYouMean(name, table.header())));
        }
        return index;
    }
}
