package io.sichter.metric;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;

/**
 * What a network says of samples that have any number of labels, also none, beside the truth. A label is predicted from a
 * probability of 0.5 on. Kept per sample: a bit per label on the heap, 4 bytes per label outside it.
 */
public final class LabelSets {
    /** From which probability on a label is predicted. */
    public static final float THRESHOLD = 0.5f;

    private final FloatRows probabilities;
    private final List<BitSet> truths = new ArrayList<>();

    /** An empty table for so many labels. */
    public LabelSets(int labels) {
        probabilities = new FloatRows(labels);
    }

    /**
     * Adds a sample.
     *
     * @param labels indices of those it has
     * @param row probability of every label, 0 to 1 each
     * @throws io.sichter.error.MemoryException if there is no room for it
     */
    public void add(Collection<Integer> labels, float[] row) {
        probabilities.add(row);
        BitSet set = new BitSet(row.length);
        labels.forEach(set::set);
        truths.add(set);
    }

    /** Number of samples. */
    public int size() {
        return truths.size();
    }

    /** Number of labels. */
    public int labels() {
        return probabilities.width();
    }

    boolean has(int sample, int label) {
        return truths.get(sample).get(label);
    }

    float probability(int sample, int label) {
        return probabilities.get(sample, label);
    }

    boolean predicted(int sample, int label) {
        return probability(sample, label) >= THRESHOLD;
    }

    /** The samples sorted by the probability of a label. */
    public Ranking ranking(int label) {
        return Ranking.of(size(), i -> probability(i, label), i -> has(i, label));
    }
}
