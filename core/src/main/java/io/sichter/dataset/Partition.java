package io.sichter.dataset;

import java.util.List;

/**
 * Samples divided into what trains, what validates and what tests.
 *
 * @param classes the classes that all targets refer to
 * @param train training samples, by id
 * @param validation validation samples, by id
 * @param test test samples, by id; often none
 */
public record Partition(ClassIndex classes, List<Sample> train, List<Sample> validation, List<Sample> test) {
    /** Keeps the lists compact: see {@link SampleList}. */
    public Partition {
        train = SampleList.copyOf(train);
        validation = SampleList.copyOf(validation);
        test = SampleList.copyOf(test);
    }

    /** The samples of a part. */
    public List<Sample> samples(Part part) {
        return switch (part) {
            case TRAIN -> train;
            case VALIDATION -> validation;
            case TEST -> test;
        };
    }

    /** The samples of a part with their classes. */
    public Dataset dataset(Part part) {
        return new Dataset(classes, samples(part));
    }
}
