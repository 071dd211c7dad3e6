package io.sichter.dataset;

import io.sichter.text.Text;
import java.util.List;
import java.util.Locale;

/**
 * How evenly pictures are spread over the classes.
 *
 * @param classes their names
 * @param counts pictures of each
 */
public record ClassBalance(List<String> classes, List<Integer> counts) {
    private static final double EVEN = 1.5;
    private static final double SLIGHT = 3;
    private static final double STRONG = 10;

    /** Copies and checks the lists. */
    public ClassBalance {
        classes = List.copyOf(classes);
        counts = List.copyOf(counts);
        if (classes.size() != counts.size() || classes.isEmpty()) {
            throw new IllegalArgumentException(classes.size() + " classes, " + counts.size() + " counts");
        }
    }

    /** The classes of a data set. */
    public static ClassBalance of(Dataset dataset) {
        return new ClassBalance(
                dataset.classes().names(),
                java.util.Arrays.stream(dataset.classCounts()).boxed().toList());
    }

    /** Pictures of the most frequent class divided by those of the rarest; infinite where a class has none. */
    public double ratio() {
        return (double) java.util.Collections.max(counts) / java.util.Collections.min(counts);
    }

    /** Whether it is worth doing something about it. */
    public boolean isUneven() {
        return ratio() >= SLIGHT;
    }

    /** The ratio in words, and what to do. */
    public Text verdict() {
        double ratio = ratio();
        if (ratio == 1) {
            return Text.of("balance.equal", classes.size(), counts.get(0));
        }
        String key = ratio < EVEN
                ? "balance.even"
                : ratio < SLIGHT ? "balance.slight" : ratio < STRONG ? "balance.clear" : "balance.strong";
        int most = counts.indexOf(java.util.Collections.max(counts));
        int least = counts.indexOf(java.util.Collections.min(counts));
        return Text.of(
                key,
                String.format(Locale.ROOT, "%.1f", ratio),
                classes.get(most),
                counts.get(most),
                classes.get(least),
                counts.get(least));
    }
}
