package io.sichter.search;

import io.sichter.error.DataException;
import io.sichter.error.GateException;
import io.sichter.error.Problem;
import io.sichter.error.SichterException;
import io.sichter.text.Text;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What a repetition of a run came to.
 *
 * @param run the run
 * @param repetition the run that repeated it
 * @param epochs epochs that were compared
 * @param conditions under which both were made
 * @param difference the first one, if there is any
 * @param weights files of weights that both have, by their names in the run directory
 * @param deletes whether an equal repetition is not kept
 * @param seconds it took
 */
public record ReproductionResult(
        Path run,
        Path repetition,
        int epochs,
        List<Condition> conditions,
        Optional<Difference> difference,
        List<WeightFile> weights,
        boolean deletes,
        double seconds) {
    /** Copies the lists. */
    public ReproductionResult {
        conditions = List.copyOf(conditions);
        weights = List.copyOf(weights);
    }

    /** What differs first. */
    public enum Kind {
        /** Pictures, their classes, or what they are used for. */
        DATA,
        /** A figure of an epoch. */
        METRICS,
        /** The weights. */
        WEIGHTS
    }

    /**
     * Something that may explain a difference.
     *
     * @param name what it is: {@code java}, {@code threads}, {@code pytorch} ...
     * @param recorded in the run
     * @param now in the repetition
     */
    public record Condition(String name, String recorded, String now) {
        /** Whether it is the same. */
        public boolean equal() {
            return recorded.equals(now);
        }
    }

    /**
     * The first difference.
     *
     * @param kind where it was found
     * @param epoch of the figures, from 1; 0 for data and for weights
     * @param what column of {@code metrics.csv}, or file
     * @param recorded in the run
     * @param repeated in the repetition
     */
    public record Difference(Kind kind, int epoch, String what, String recorded, String repeated) {
        /** In one sentence. */
        public Text text() {
            return switch (kind) {
                case DATA -> Text.of("search.repro.data", what, recorded, repeated);
                case METRICS -> Text.of("search.repro.metrics", epoch, what, recorded, repeated);
                case WEIGHTS -> Text.of("search.repro.weights", what, recorded, repeated);
            };
        }
    }

    /**
     * A file of weights.
     *
     * @param name path below the run directory
     * @param recorded SHA-256 in the run
     * @param repeated SHA-256 in the repetition
     */
    public record WeightFile(String name, String recorded, String repeated) {
        /** Whether it has the same bits. */
        public boolean equal() {
            return recorded.equals(repeated);
        }
    }

    /** Whether nothing differs. */
    public boolean equal() {
        return difference.isEmpty();
    }

    /** Whether the repetition is gone. */
    public boolean deleted() {
        return deletes && equal();
    }

    /** What differs of the conditions. */
    public List<Condition> otherConditions() {
        return conditions.stream().filter(c -> !c.equal()).toList();
    }

    /** The failure that an unequal repetition is: of the data, or of the proof; empty if it is equal. */
    public Optional<SichterException> failure() {
        return difference.map(d -> {
            List<Text> others = otherConditions().stream()
                    .map(c -> Text.of("search.repro.condition", c.name(), c.recorded(), c.now()))
                    .toList();
            Text conditions = others.isEmpty() ? Text.of("search.repro.same_conditions") : Text.joined("; ", others);
            Problem problem = Problem.of("search.repro.differs", run, d.text(), conditions, repetition);
            return d.kind() == Kind.DATA ? new DataException(problem) : new GateException(problem);
        });
    }
}
