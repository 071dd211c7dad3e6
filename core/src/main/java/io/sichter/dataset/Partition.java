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
    /** Copies the lists. */
    public Partition {
        train = List.copyOf(train);
        validation = List.copyOf(validation);
        test = List.copyOf(test);
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
