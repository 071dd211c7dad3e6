package io.sichter.dataset;

import java.util.List;
import java.util.Map;

/**
 * One labelled picture, without its pixels.
 *
 * @param id path relative to the dataset's root, with {@code /}; the key of all randomness, so that moving the data
 *     changes no bit
 * @param source where the bytes are
 * @param targets class indices: one for a single label, any number for several
 * @param attributes further columns or header values by name
 */
public record Sample(String id, SampleSource source, List<Integer> targets, Map<String, String> attributes) {
    /** Name of the attribute that {@link #weight} reads. */
    public static final String WEIGHT = "weight";

    /** Copies the collections. */
    public Sample {
        targets = List.copyOf(targets);
        attributes = Map.copyOf(attributes);
    }

    /** A picture with one label and nothing else. */
    public static Sample of(String id, SampleSource source, int target) {
        return new Sample(id, source, List.of(target), Map.of());
    }

    /**
     * How much oftener than others it is to be drawn, where a sampler draws: the attribute {@value #WEIGHT}, 1 without
     * one.
     */
    public double weight() {
        return Double.parseDouble(attributes.getOrDefault(WEIGHT, "1"));
    }

    /** Whether a text can be a weight: a finite number above 0. */
    static boolean isWeight(String text) {
        try {
            double value = Double.parseDouble(text);
            return value > 0 && Double.isFinite(value);
        } catch (NumberFormatException e) {
            return false;
        }
    }

    /** The class index of a sample with one label. */
    public int target() {
        if (targets.size() != 1) {
            throw new IllegalStateException(id + " has " + targets.size() + " labels, not one");
        }
        return targets.get(0);
    }
}
