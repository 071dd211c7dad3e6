package io.sichter.config;

import java.util.List;

/** What is done about classes with more and fewer pictures. One thing at a time: two would correct twice. */
public record BalanceConfig(
        String mode,

        @OneOf({"balanced", "effective_number"}) String weighting,

        @Range(min = 0, max = 1, exclusiveMax = true) double beta) {
    static final List<String> MODES = List.of("none", "weights", "sampler", "batches");

    /** The section as it is when nothing was said. */
    public static BalanceConfig defaults() {
        return new BalanceConfig("none", "balanced", 0.999);
    }

    /** Whether the text asks for several modes at once. */
    boolean isSeveral() {
        List<String> words = List.of(mode.split("[,+ ]+"));
        return words.size() > 1 && MODES.containsAll(words);
    }
}
