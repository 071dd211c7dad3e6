package io.sichter.evaluate;

import io.sichter.error.Problem;
import io.sichter.error.UsageException;
import io.sichter.metric.Figures;
import io.sichter.registry.Suggestion;
import java.util.List;

/**
 * A bound that a figure must keep, for pipelines that must not ship a worse classifier.
 *
 * @param metric name of the figure, such as {@code f1_macro}
 * @param bound the least it may be, or the most where smaller is better
 */
public record QualityGate(String metric, double bound) {
    /**
     * Whether a gate was passed.
     *
     * @param value what the figure was; NaN, where it is not defined, passes no gate
     */
    public record Outcome(QualityGate gate, double value, boolean passed) {}

    /**
     * Reads {@code METRIC=VALUE}.
     *
     * @param minimum whether the value is the least, not the most
     * @throws UsageException if it is not of this form, no figure of evaluations has this name, or the other bound would
     *     be meant, for its best value lies there
     */
    public static QualityGate parse(String text, boolean minimum) {
        int equals = text.indexOf('=');
        String option = minimum ? "--min" : "--max";
        String metric = text.substring(0, Math.max(0, equals));
        double bound;
        try {
            bound = Double.parseDouble(text.substring(equals + 1));
        } catch (NumberFormatException e) {
            bound = Double.NaN;
        }
        if (equals < 0 || !Double.isFinite(bound)) {
            throw new UsageException(Problem.of("evaluate.gate.form", option, text));
        }
        requireKnown(metric, Figures.names());
        if (Figures.isLowerBetter(metric) == minimum) {
            throw new UsageException(
                    Problem.of("evaluate.gate.direction", option, text, minimum ? "--max" : "--min", metric));
        }
        return new QualityGate(metric, bound);
    }

    /** Whether the figure must be at least the bound, not at most. */
    public boolean isMinimum() {
        return !Figures.isLowerBetter(metric);
    }

    /** Refuses a figure that a model of so many classes does not have. */
    void requireFigureOf(int classes) {
        requireKnown(metric, Figures.names(classes));
    }

    Outcome outcome(Figures figures) {
        double value = figures.find(metric).map(Figures.Figure::value).orElse(Double.NaN);
        return new Outcome(this, value, isMinimum() ? value >= bound : value <= bound);
    }

    private static void requireKnown(String metric, List<String> known) {
        if (!known.contains(metric)) {
            throw new UsageException(Problem.of(
                    "evaluate.gate.unknown", metric, String.join(", ", known), Suggestion.orChoose(metric, known)));
        }
    }
}
