package io.sichter.dataset;

import java.util.List;

/**
 * An immutable list of samples with the classes their targets refer to.
 *
 * @param classes names of the classes
 * @param samples the samples, in a fixed order that depends on their ids alone
 */
public record Dataset(ClassIndex classes, List<Sample> samples) {
    /** Keeps the list compact: see {@link SampleList}. */
    public Dataset {
        samples = SampleList.copyOf(samples);
    }

    /** Number of samples. */
    public int size() {
        return samples.size();
    }

    /** Number of samples of each class. */
    public int[] classCounts() {
        int[] counts = new int[classes.size()];
        for (Sample sample : samples) {
            for (int target : sample.targets()) {
                counts[target]++;
            }
        }
        return counts;
    }
}
