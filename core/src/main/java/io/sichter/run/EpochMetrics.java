package io.sichter.run;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The metrics of one epoch by name; each name says what it is and on which split: {@code train_loss}, {@code val_f1_macro}.
 * Losses and accuracies are means weighted by samples.
 *
 * @param epoch from 1
 * @param values in the order of the columns of {@code metrics.csv}
 */
public record EpochMetrics(int epoch, Map<String, Double> values) {
    /** Copies the map, keeping its order. */
    public EpochMetrics {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /**
     * One metric.
     *
     * @throws IllegalArgumentException if there is none of that name
     */
    public double value(String name) {
        Double value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException("No metric " + name + " among " + values.keySet());
        }
        return value;
    }
}
