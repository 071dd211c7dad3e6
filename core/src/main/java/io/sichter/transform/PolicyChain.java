package io.sichter.transform;

import io.sichter.image.Image;
import java.util.List;

/**
 * What a policy drew: operations with their magnitudes, one after the other.
 *
 * @param steps in order; may be empty
 */
public record PolicyChain(List<Step> steps) {
    /**
     * An operation with its magnitude.
     *
     * @param operation which
     * @param magnitude how much, 0 for those without
     */
    public record Step(PolicyOperation operation, double magnitude) {}

    /** Copies the list. */
    public PolicyChain {
        steps = List.copyOf(steps);
    }

    /** The picture after all steps; those between are closed. */
    Image apply(Image image, Interpolation interpolation, List<Double> fill) {
        double[] values = Fill.of(fill, image);
        Image current = image;
        for (Step step : steps) {
            Image next = step.operation().apply(current, step.magnitude(), interpolation, values);
            if (current != image && current != next) {
                current.close();
            }
            current = next;
        }
        return current;
    }
}
