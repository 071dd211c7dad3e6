package io.sichter.bench;

import io.sichter.bench.Comparison.Side;
import io.sichter.bench.Comparison.Spread;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What the sides gave for one network in training or inference.
 *
 * @param model registered name
 * @param inference whether the forward pass alone was measured
 * @param comparison all figures, pictures per second
 * @param auto the precision that {@code auto} picks: {@code fp32} or {@code bf16}
 */
record SpeedRow(String model, boolean inference, Comparison comparison, String auto) {
    /** PyTorch's ways that are eager; the others stand beside and are no target. */
    static final List<String> EAGER = List.of("default", "channels_last", "bf16");

    /** How many times faster than PyTorch as people start it a network is to be. */
    private double wantedBesideStarted() {
        if (model.startsWith("vit")) {
            return inference ? 1.9 : 1.5;
        }
        return model.startsWith("mobilenet_v3") ? 1.8 : 2.4;
    }

    private Optional<Side> side(String name) {
        return comparison.sides().stream().filter(s -> s.name().equals(name)).findFirst();
    }

    private static double median(Side side) {
        return Spread.of(side.figures()).median();
    }

    /** Our own side as a user gets it. */
    Side ours() {
        return side("sichter " + auto).orElseThrow();
    }

    /** Median pictures per second as a user gets it. */
    double imagesPerSecond() {
        return median(ours());
    }

    private Optional<Side> bestEager() {
        return EAGER.stream()
                .flatMap(mode -> side("pytorch " + mode).stream())
                .max(Comparator.comparingDouble(SpeedRow::median));
    }

    /** Whether {@code auto} picks the faster of the two precisions, and by how much it is. */
    String verdictOnAuto() {
        double other = side("sichter " + (auto.equals("bf16") ? "fp32" : "bf16"))
                .map(SpeedRow::median)
                .orElse(0.0);
        double ratio = imagesPerSecond() / other;
        return String.format(Locale.ROOT, "%s %.2f%s", auto, ratio, ratio >= 1 ? "" : " WRONG");
    }

    private String beside(Side other, double wanted) {
        Side own = ours();
        Comparison two = new Comparison(
                "", "", Comparison.Better.HIGHER, List.of(own, other), java.util.Map.of(), java.util.Map.of());
        Spread ratio = Spread.of(two.ratios(other));
        return String.format(
                Locale.ROOT,
                "%s %.1f: %.2f [%.2f, %.2f] %s",
                other.name().replace("pytorch ", ""),
                median(other),
                ratio.median(),
                ratio.min(),
                ratio.max(),
                ratio.median() >= wanted ? "met" : "MISSED");
    }

    /** One line of the closing table. */
    String line() {
        return String.format(
                Locale.ROOT,
                "| %s | %s | %.1f | %s | %s | %s |",
                model,
                inference ? "inference" : "training",
                imagesPerSecond(),
                verdictOnAuto(),
                bestEager().map(best -> beside(best, 1.0)).orElse("-"),
                side("pytorch default")
                        .map(d -> beside(d, wantedBesideStarted()))
                        .orElse("-"));
    }

    /** The head of the closing table. */
    static String head() {
        return "| network | | img/s | auto, times the other precision | best eager mode, at least 1.0 | as started |\n"
                + "|---|---|---|---|---|---|";
    }
}
