package io.sichter.dataset;

import io.sichter.config.DataConfig;
import io.sichter.error.DataException;
import io.sichter.error.Problem;
import io.sichter.storage.DurableFiles;
import io.sichter.text.Text;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How data that is not split is to be split, as the section {@code data} of a configuration says it.
 *
 * @param config the section
 * @param seed seed of the run
 * @param threads for reading files where equal ones are to stay together
 */
public record SplitPlan(DataConfig config, long seed, int threads) {
    /**
     * What came of it.
     *
     * @param partition the parts
     * @param labelConflicts ids of equal files in different classes; only looked for where duplicates stay together
     * @param unused pictures that a split file does not name
     */
    public record Outcome(Partition partition, List<List<String>> labelConflicts, List<String> unused) {}

    /**
     * Divides the data.
     *
     * @throws DataException if it cannot be divided so
     */
    public Outcome apply(DataFolder folder, ParallelLoop.Progress progress) {
        if (config.splitsByFile()) {
            return fromFile(folder);
        }
        List<Sample> divided = folder.dataset(Part.TRAIN).samples();
        boolean whole = folder.has(Part.VALIDATION) && (folder.has(Part.TEST) || config.testFraction() == 0);
        if (whole) {
            return new Outcome(folder.partition(split(Grouping.none()), seed), List.of(), List.of());
        }
        Grouping grouping = config.groupBy().isEmpty() ? Grouping.none() : Grouping.by(config.groupBy(), divided);
        List<List<String>> conflicts = List.of();
        if (config.keepDuplicatesTogether()) {
            ContentDigests digests = ContentDigests.of(divided, threads, progress);
            grouping = grouping.joinedWith(Grouping.ofEqualContent(digests.byId()));
            conflicts = digests.labelConflicts(divided);
        }
        return new Outcome(folder.partition(split(grouping), config.testFraction(), seed), conflicts, List.of());
    }

    /** Keys that were set and do nothing, because the data or a file says how it is divided. */
    public List<Text> idle(DataFolder folder) {
        DataConfig usual = DataConfig.defaults();
        List<String> keys = new ArrayList<>();
        boolean byFile = config.splitsByFile();
        boolean divided = folder.has(Part.VALIDATION);
        boolean nothing = divided && (folder.has(Part.TEST) || config.testFraction() == 0);
        note(keys, divided && !byFile && !config.split().equals(usual.split()), "data.split");
        note(keys, (divided || byFile) && config.valFraction() != usual.valFraction(), "data.val_fraction");
        note(keys, (folder.has(Part.TEST) || byFile) && config.testFraction() > 0, "data.test_fraction");
        note(keys, (nothing || byFile) && !config.groupBy().isEmpty(), "data.group_by");
        note(keys, (nothing || byFile) && config.keepDuplicatesTogether(), "data.keep_duplicates_together");
        return keys.stream()
                .map(key -> Text.of(byFile ? "split.idle_by_file" : "split.idle", key, folder.root()))
                .toList();
    }

    private static void note(List<String> keys, boolean idle, String key) {
        if (idle) {
            keys.add(key);
        }
    }

    private Split split(Grouping grouping) {
        double share = config.valFraction();
        boolean single = grouping.isNone();
        return switch (config.split()) {
            case "kfold" -> new Split.KFold(config.folds(), config.fold(), grouping);
            case "holdout" -> single ? new Split.Holdout(share) : new Split.Grouped(share, grouping);
            default -> single ? new Split.Stratified(share) : new Split.StratifiedGrouped(share, grouping);
        };
    }

    /** Takes the parts from a table with the columns path, label (or class) and split; other pictures are not used. */
    private Outcome fromFile(DataFolder folder) {
        Path file = Path.of(config.split());
        Map<String, SplitFile.Row> rows = SplitFile.rows(DurableFiles.read(file), file.toString());
        Map<String, Sample> samples = new HashMap<>();
        folder.samples().forEach(sample -> samples.put(sample.id(), sample));
        List<String> missing = new ArrayList<>();
        Map<Part, List<Sample>> parts = new EnumMap<>(Part.class);
        rows.forEach((id, row) -> {
            Sample sample = samples.remove(id);
            if (sample == null) {
                missing.add(id);
            } else if (!folder.classes().name(sample.target()).equals(row.label())) {
                throw new DataException(Problem.of(
                        "split.other_class",
                        file,
                        id,
                        row.label(),
                        folder.classes().name(sample.target())));
            } else {
                parts.computeIfAbsent(row.part(), p -> new ArrayList<>()).add(sample);
            }
        });
        if (!missing.isEmpty()) {
            throw new DataException(Problem.of(
                    "split.not_there", file, missing.size(), FolderProblems.shortList(missing), folder.root()));
        }
        for (Part part : List.of(Part.TRAIN, Part.VALIDATION)) {
            if (!parts.containsKey(part)) {
                throw new DataException(Problem.of("split.file_lacks_part", file, part.label()));
            }
        }
        Partition partition = new Partition(
                folder.classes(),
                RandomOrder.byId(parts.getOrDefault(Part.TRAIN, List.of())),
                RandomOrder.byId(parts.getOrDefault(Part.VALIDATION, List.of())),
                RandomOrder.byId(parts.getOrDefault(Part.TEST, List.of())));
        FolderProblems.checkStillLearnable(folder, partition);
        return new Outcome(
                partition, List.of(), samples.keySet().stream().sorted().toList());
    }
}
