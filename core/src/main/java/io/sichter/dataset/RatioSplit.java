package io.sichter.dataset;

import io.sichter.error.DataException;
import io.sichter.error.Problem;
import io.sichter.error.UsageException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A division of all pictures in given shares: two of them make train and test, three make train, val and test.
 *
 * @param ratio the shares, which sum to 1
 * @param stratified whether every class is divided in these shares
 * @param groupBy what stays together, see {@link Grouping#by}; empty for nothing
 * @param keepDuplicatesTogether whether pictures with equal bytes stay together
 * @param seed of the division
 */
public record RatioSplit(
        List<Double> ratio, boolean stratified, String groupBy, boolean keepDuplicatesTogether, long seed) {
    private static final double TOLERANCE = 1e-6;

    /** Copies the list. */
    public RatioSplit {
        ratio = List.copyOf(ratio);
    }

    /**
     * Reads shares as people write them: {@code 0.9} (the rest tests), {@code 0.8,0.1,0.1}.
     *
     * @throws UsageException if they are no two or three numbers between 0 and 1 that sum to 1
     */
    public static List<Double> parse(String text) {
        List<Double> shares = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            try {
                shares.add(Double.parseDouble(part.strip()));
            } catch (NumberFormatException e) {
                throw new UsageException(Problem.of("split.ratio", text), e);
            }
        }
        if (shares.size() == 1) {
            // 1 - 0.9 in decimal, as a person would write it
            shares.add(BigDecimal.ONE
                    .subtract(BigDecimal.valueOf(Double.isFinite(shares.get(0)) ? shares.get(0) : 0))
                    .doubleValue());
        }
        double sum = shares.stream().mapToDouble(Double::doubleValue).sum();
        boolean inRange = shares.stream().allMatch(s -> s > 0 && s < 1);
        if (!inRange || shares.size() > 3 || Math.abs(sum - 1) > TOLERANCE) {
            throw new UsageException(Problem.of("split.ratio", text));
        }
        return shares;
    }

    /**
     * Divides the data.
     *
     * @param mode what is to become of the files; kept in the record
     * @param threads for reading files where equal ones are to stay together
     * @throws DataException if the data is divided already, or cannot be divided so
     */
    public SplitRecord apply(DataFolder data, SplitFolder.Mode mode, int threads, ParallelLoop.Progress progress) {
        if (data.layout() != DataFolder.Layout.CLASSES) {
            throw new DataException(Problem.of(
                    "split.already",
                    data.root(),
                    String.join(
                            ", ",
                            data.parts().keySet().stream().map(Part::label).toList())));
        }
        List<Sample> samples = data.samples();
        Grouping grouping = groupBy.isEmpty() ? Grouping.none() : Grouping.by(groupBy, samples);
        List<List<String>> conflicts = List.of();
        if (keepDuplicatesTogether) {
            ContentDigests digests = ContentDigests.of(samples, threads, progress);
            grouping = grouping.joinedWith(Grouping.ofEqualContent(digests.byId()));
            conflicts = digests.labelConflicts(samples);
        }
        Set<Part> made = ratio.size() == 3 ? EnumSet.allOf(Part.class) : EnumSet.of(Part.TRAIN, Part.TEST);
        return new SplitRecord(partition(data, grouping), made, parameters(mode), conflicts);
    }

    private Partition partition(DataFolder data, Grouping grouping) {
        double test = ratio.get(ratio.size() - 1);
        if (ratio.size() == 3) {
            return data.partition(split(ratio.get(1), grouping), test, seed);
        }
        Partition halves = data.partition(split(test, grouping), seed);
        return new Partition(halves.classes(), halves.train(), List.of(), halves.validation());
    }

    private Split split(double fraction, Grouping grouping) {
        if (grouping.isNone()) {
            return stratified ? new Split.Stratified(fraction) : new Split.Holdout(fraction);
        }
        return stratified ? new Split.StratifiedGrouped(fraction, grouping) : new Split.Grouped(fraction, grouping);
    }

    private Map<String, Object> parameters(SplitFolder.Mode mode) {
        Map<String, Object> parameters = new LinkedHashMap<>();
        parameters.put("ratio", ratio);
        parameters.put("stratified", stratified);
        parameters.put("group_by", groupBy);
        parameters.put("keep_duplicates_together", keepDuplicatesTogether);
        parameters.put("seed", seed);
        parameters.put("files", mode.label());
        return parameters;
    }
}
