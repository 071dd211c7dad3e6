package io.sichter.dataset;

import java.util.Locale;
import java.util.Optional;

/** What a sample is used for. */
public enum Part {
    /** Weights, statistics and class weights come from these alone. */
    TRAIN("train"),
    /** Measured after every epoch; chooses the best one. */
    VALIDATION("val"),
    /** Never seen while training. */
    TEST("test");

    private final String label;

    Part(String label) {
        this.label = label;
    }

    /** The name in files and messages: {@code train}, {@code val}, {@code test}. */
    public String label() {
        return label;
    }

    /** The part that a folder of that name holds, in any case; {@code valid} and {@code validation} count as val. */
    static Optional<Part> ofFolder(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "train" -> Optional.of(TRAIN);
            case "val", "valid", "validation" -> Optional.of(VALIDATION);
            case "test" -> Optional.of(TEST);
            default -> Optional.empty();
        };
    }

    /** The part of that label, exactly as {@link #label} writes it; empty if there is none. */
    public static Optional<Part> ofLabel(String label) {
        for (Part part : values()) {
            if (part.label.equals(label)) {
                return Optional.of(part);
            }
        }
        return Optional.empty();
    }
}
