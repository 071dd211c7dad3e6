package io.sichter.statistics;

import io.sichter.image.ImageHeader;
import io.sichter.statistics.DatasetStatistics.Spread;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/** Counts sizes and kinds of stored pictures; memory grows with different sizes, not with pictures. */
final class SizeCounts {
    private record Size(int width, int height) implements Comparable<Size> {
        @Override
        public int compareTo(Size other) {
            return width != other.width ? Integer.compare(width, other.width) : Integer.compare(height, other.height);
        }
    }

    private final Map<Size, Integer> sizes = new TreeMap<>();
    private final Map<String, Integer> kinds = new TreeMap<>();

    void add(ImageHeader header) {
        sizes.merge(new Size(header.uprightWidth(), header.uprightHeight()), 1, Integer::sum);
        kinds.merge(kind(header), 1, Integer::sum);
    }

    Map<String, Integer> kinds() {
        return kinds;
    }

    Spread width() {
        return spread(Size::width);
    }

    Spread height() {
        return spread(Size::height);
    }

    Spread aspect() {
        return spread(size -> (double) size.width() / size.height());
    }

    private Spread spread(ToDoubleFunction<Size> value) {
        TreeMap<Double, Integer> counts = new TreeMap<>();
        sizes.forEach((size, count) -> counts.merge(value.applyAsDouble(size), count, Integer::sum));
        long total = counts.values().stream().mapToLong(Integer::longValue).sum();
        if (total == 0) {
            return new Spread(Double.NaN, Double.NaN, Double.NaN);
        }
        double median = (at(counts, (total - 1) / 2) + at(counts, total / 2)) / 2;
        return new Spread(counts.firstKey(), median, counts.lastKey());
    }

    private static double at(Map<Double, Integer> counts, long index) {
        long before = 0;
        for (Map.Entry<Double, Integer> entry : counts.entrySet()) {
            before += entry.getValue();
            if (before > index) {
                return entry.getKey();
            }
        }
        return Double.NaN;
    }

    private static String kind(ImageHeader header) {
        String kind =
                header.cmyk() ? "cmyk" : header.palette() ? "palette" : header.channels() <= 2 ? "grey" : "colour";
        String alpha = header.alpha() ? "+alpha" : "";
        return header.bits() > 8 ? kind + alpha + "/" + header.bits() + "bit" : kind + alpha;
    }
}
