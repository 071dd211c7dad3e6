package io.sichter.bench;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What interleaved rounds gave: every figure of every side, and the ratio of the first side to each other side within
 * each round, so that what slowed a whole round cancels out.
 *
 * @param title what was measured
 * @param unit unit of the figures
 * @param better which figures are better
 * @param sides the sides in the order in which they ran; equally many figures each
 * @param targets least ratio wanted, by the name of the other side
 * @param limits worst figure allowed, by the name of the side
 */
public record Comparison(
        String title,
        String unit,
        Better better,
        List<Side> sides,
        Map<String, Double> targets,
        Map<String, Double> limits) {
    /** Which figures are better. A ratio above 1 always says that the first side is the better one. */
    public enum Better {
        /** Throughput. */
        HIGHER,
        /** Time, memory. */
        LOWER
    }

    /**
     * One side's figures.
     *
     * @param name its name in the table
     * @param figures one per round
     */
    public record Side(String name, List<Double> figures) {
        /** Copies the figures. */
        public Side {
            figures = List.copyOf(figures);
        }
    }

    /**
     * Median and range of some figures.
     *
     * @param median middle one, or the mean of the two middle ones
     * @param min smallest
     * @param max largest
     */
    public record Spread(double median, double min, double max) {
        /** Of at least one figure. */
        public static Spread of(List<Double> figures) {
            double[] sorted =
                    figures.stream().mapToDouble(Double::doubleValue).sorted().toArray();
            int n = sorted.length;
            double median = (sorted[(n - 1) / 2] + sorted[n / 2]) / 2;
            return new Spread(median, sorted[0], sorted[n - 1]);
        }
    }

    /** Copies the lists and checks that every round has all sides. */
    public Comparison {
        sides = List.copyOf(sides);
        targets = Map.copyOf(targets);
        limits = Map.copyOf(limits);
        int rounds = sides.get(0).figures().size();
        if (rounds == 0 || sides.stream().anyMatch(side -> side.figures().size() != rounds)) {
            throw new IllegalArgumentException("Every side needs one figure per round: " + sides);
        }
    }

    /** Per round, how many times better the first side was than another one. */
    public List<Double> ratios(Side other) {
        List<Double> first = sides.get(0).figures();
        Double[] ratios = new Double[first.size()];
        Arrays.setAll(
                ratios,
                round -> better == Better.HIGHER
                        ? first.get(round) / other.figures().get(round)
                        : other.figures().get(round) / first.get(round));
        return List.of(ratios);
    }

    /** The table for people: median, range, ratios and whether their targets are met. */
    public String table() {
        StringBuilder text = new StringBuilder();
        int rounds = sides.get(0).figures().size();
        text.append(String.format(
                Locale.ROOT,
                "%s [%s, %s is better, %d rounds]%n",
                title,
                unit,
                better.name().toLowerCase(Locale.ROOT),
                rounds));
        text.append(String.format(Locale.ROOT, "  %-28s %10s %10s %10s%n", "", "median", "min", "max"));
        for (Side side : sides) {
            Spread spread = Spread.of(side.figures());
            appendRow(text, side.name(), spread, verdict(better, limits.get(side.name()), spread.median()));
        }
        String first = sides.get(0).name();
        for (Side other : sides.subList(1, sides.size())) {
            Spread ratio = Spread.of(ratios(other));
            appendRow(
                    text,
                    first + " : " + other.name(),
                    ratio,
                    verdict(Better.HIGHER, targets.get(other.name()), ratio.median()));
        }
        return text.toString();
    }

    /** The same for programs; keys in snake_case. */
    public ObjectNode json() {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("title", title).put("unit", unit).put("better", better.name().toLowerCase(Locale.ROOT));
        ArrayNode array = root.putArray("sides");
        for (Side side : sides) {
            ObjectNode node = array.addObject().put("name", side.name());
            putSpread(node, Spread.of(side.figures()));
            side.figures().forEach(node.putArray("figures")::add);
            if (limits.containsKey(side.name())) {
                node.put("limit", limits.get(side.name()));
            }
            if (!side.name().equals(sides.get(0).name())) {
                ObjectNode ratio = node.putObject("first_to_this");
                putSpread(ratio, Spread.of(ratios(side)));
                if (targets.containsKey(side.name())) {
                    ratio.put("target", targets.get(side.name()));
                }
            }
        }
        return root;
    }

    private static void putSpread(ObjectNode node, Spread spread) {
        node.put("median", spread.median()).put("min", spread.min()).put("max", spread.max());
    }

    private static String verdict(Better better, @Nullable Double bound, double median) {
        if (bound == null) {
            return "";
        }
        boolean higher = better == Better.HIGHER;
        boolean met = higher ? median >= bound : median <= bound;
        return String.format(Locale.ROOT, "  at %s %.2f: %s", higher ? "least" : "most", bound, met ? "met" : "MISSED");
    }

    private static void appendRow(StringBuilder text, String name, Spread spread, String note) {
        text.append(String.format(
                Locale.ROOT,
                "  %-28s %10s %10s %10s%s%n",
                name,
                figure(spread.median()),
                figure(spread.min()),
                figure(spread.max()),
                note));
    }

    private static String figure(double value) {
        return String.format(Locale.ROOT, Math.abs(value) < 10 ? "%.3f" : "%.1f", value);
    }
}
