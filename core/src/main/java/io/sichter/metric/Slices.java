package io.sichter.metric;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The same figures for parts of a split, to see where a network is weak: small pictures, dark ones, those of one camera.
 * A property whose values are numbers, more than eight of them, is cut into quarters with equally many samples; any other
 * has a slice for each value, of more than twenty the most frequent, and one for the rest.
 */
public final class Slices {
    private static final int FEW = 8;
    private static final int QUARTERS = 4;
    private static final int MOST = 20;
    private static final String REST = "...";
    private static final double NORMAL = 1.959963984540054; // 97.5 % of a normal distribution lie below

    private Slices() {}

    /**
     * A part of the samples.
     *
     * @param property what it was cut by
     * @param value its value, {@code low..high} of numbers (the upper end excluded but in the last), {@code ...} for the rest, empty where there is none
     * @param samples how many
     * @param accuracy share predicted right
     * @param low lower end of the accuracy's 95 % interval (Wilson, "Probable Inference, the Law of Succession, and
     *     Statistical Inference", 1927)
     * @param high its upper end
     * @param f1Macro mean F1 of the classes that have samples in the slice
     */
    public record Slice(
            String property, String value, long samples, double accuracy, double low, double high, double f1Macro) {}

    /** Names of parts, and which one each sample is in. */
    @SuppressWarnings("ArrayRecordComponent") // handed from one method to the next
    private record Parts(List<String> names, int[] of) {}

    /**
     * Cuts a table.
     *
     * @param values of the property, one for each sample, in order; empty where a sample has none
     * @return the parts that have samples: numbers from low to high, else the most frequent first
     */
    public static List<Slice> of(ProbabilityTable table, String property, List<String> values) {
        if (values.size() != table.size()) {
            throw new IllegalArgumentException(values.size() + " values for " + table.size() + " samples");
        }
        Parts parts = parts(values);
        List<Slice> slices = new ArrayList<>();
        for (int part = 0; part < parts.names().size(); part++) {
            ConfusionMatrix confusion = new ConfusionMatrix(table.classes());
            for (int i = 0; i < table.size(); i++) {
                if (parts.of()[i] == part) {
                    confusion.add(table.truth(i), table.prediction(i));
                }
            }
            if (confusion.total() > 0) {
                slices.add(slice(property, parts.names().get(part), confusion));
            }
        }
        return slices;
    }

    private static Slice slice(String property, String name, ConfusionMatrix part) {
        double n = part.total();
        double p = part.accuracy();
        double square = NORMAL * NORMAL;
        double centre = (p + square / (2 * n)) / (1 + square / n);
        double half = NORMAL / (1 + square / n) * Math.sqrt(p * (1 - p) / n + square / (4 * n * n));
        return new Slice(
                property,
                name,
                part.total(),
                p,
                Math.max(0, centre - half),
                Math.min(1, centre + half),
                part.f1Macro());
    }

    private static Parts parts(List<String> values) {
        double[] numbers = values.stream().mapToDouble(Slices::number).toArray();
        double[] sorted =
                Arrays.stream(numbers).filter(v -> !Double.isNaN(v)).sorted().toArray();
        boolean allNumbers = values.stream().allMatch(v -> v.isEmpty() || !Double.isNaN(number(v)));
        return allNumbers && Arrays.stream(sorted).distinct().count() > FEW
                ? quarters(numbers, sorted)
                : frequent(values);
    }

    private static Parts quarters(double[] numbers, double[] sorted) {
        double[] edges = new double[QUARTERS + 1];
        List<String> names = new ArrayList<>();
        for (int edge = 0; edge <= QUARTERS; edge++) {
            edges[edge] = Figures.quantile(sorted, edge / (double) QUARTERS);
            if (edge > 0) {
                names.add(text(edges[edge - 1]) + ".." + text(edges[edge]));
            }
        }
        names.add("");
        int[] of = Arrays.stream(numbers)
                .mapToInt(number -> {
                    int part = 0;
                    while (part < QUARTERS - 1 && number >= edges[part + 1]) {
                        part++;
                    }
                    return Double.isNaN(number) ? QUARTERS : part;
                })
                .toArray();
        return new Parts(names, of);
    }

    private static Parts frequent(List<String> values) {
        Map<String, Long> counts = new TreeMap<>();
        values.forEach(value -> counts.merge(value, 1L, Long::sum));
        List<String> names = counts.keySet().stream()
                .sorted(Comparator.comparing((String value) -> -counts.getOrDefault(value, 0L)))
                .limit(MOST)
                .collect(Collectors.toCollection(ArrayList::new));
        Map<String, Integer> places = new HashMap<>();
        names.forEach(name -> places.put(name, places.size()));
        names.add(REST);
        int[] of = values.stream()
                .mapToInt(value -> places.getOrDefault(value, MOST))
                .toArray();
        return new Parts(names, of);
    }

    private static double number(String value) {
        try {
            return Double.parseDouble(value);
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }

    private static String text(double value) {
        return value == Math.rint(value)
                ? String.format(Locale.ROOT, "%.0f", value)
                : String.format(Locale.ROOT, "%.4g", value);
    }
}
