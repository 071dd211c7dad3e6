package io.sichter.evaluate;

import io.sichter.metric.ConfusionMatrix;
import io.sichter.metric.Figures;
import io.sichter.metric.Slices.Slice;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What an evaluation found beyond its main figures.
 *
 * @param figures all of them, with intervals
 * @param confused the most frequent mistakes, most frequent first, at most ten
 * @param worst the classes with the lowest F1 below 1, lowest first, at most five
 * @param slices figures of parts of the pictures, as far as they were asked for
 * @param tta what further views of each picture have changed, as far as there were any
 * @param gates what became of the bounds that figures had to keep
 */
public record Findings(
        Figures figures,
        List<ConfusedPair> confused,
        List<String> worst,
        List<Slice> slices,
        Optional<ViewGain> tta,
        List<QualityGate.Outcome> gates) {
    private static final int PAIRS = 10;
    private static final int WORST = 5;

    /** Copies the lists. */
    public Findings {
        confused = List.copyOf(confused);
        worst = List.copyOf(worst);
        slices = List.copyOf(slices);
        gates = List.copyOf(gates);
    }

    /**
     * Pictures of one class that were taken for another.
     *
     * @param truth name of the class
     * @param prediction name of what they were taken for
     * @param count how many
     * @param share of the pictures of the class, 0 to 1
     */
    public record ConfusedPair(String truth, String prediction, long count, double share) {}

    static Findings of(
            Figures figures,
            ConfusionMatrix confusion,
            List<String> names,
            List<Slice> slices,
            Optional<ViewGain> tta,
            List<QualityGate> gates) {
        List<ConfusedPair> pairs = confusion.mostConfused(PAIRS).stream()
                .map(c -> new ConfusedPair(names.get(c.truth()), names.get(c.prediction()), c.count(), c.share()))
                .toList();
        List<String> worst = IntStream.range(0, names.size())
                .filter(k -> confusion.f1(k).orElse(1) < 1)
                .boxed()
                .sorted(Comparator.comparingDouble(k -> confusion.f1(k).orElse(1)))
                .limit(WORST)
                .map(names::get)
                .toList();
        return new Findings(
                figures,
                pairs,
                worst,
                slices,
                tta,
                gates.stream().map(gate -> gate.outcome(figures)).toList());
    }
}
