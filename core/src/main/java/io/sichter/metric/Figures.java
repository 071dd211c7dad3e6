package io.sichter.metric;

import io.sichter.random.SeedStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Every figure of one evaluation, each with the interval that resampling gives it (Efron, "Bootstrap Methods: Another Look
 * at the Jackknife", 1979): samples are drawn again, as many as there are, with replacement; the middle 95 % of what the
 * figure becomes is its interval. The same seed gives the same intervals, on any number of threads.
 *
 * @param all in a fixed order
 * @param replicates how often the samples were drawn again: 1,000, and fewer where samples times classes are many
 */
public record Figures(List<Figure> all, int replicates) {
    private static final int MOST = 1000;
    private static final int LEAST = 100;
    private static final long WORK = 1_000_000_000L;
    private static final int BLOCK_BYTES = 1 << 25;
    private static final double OUTSIDE = 0.025;

    /** Copies the list. */
    public Figures {
        all = List.copyOf(all);
    }

    /**
     * A figure.
     *
     * @param name as in {@code --json}: {@code f1_macro}
     * @param value NaN where it is not defined
     * @param low the interval's lower end, NaN where it has none
     * @param high the interval's upper end
     */
    public record Figure(String name, double value, double low, double high) {}

    /** What figures can be made of; both kinds of tables are. */
    interface Source {
        int size();

        /** Classes or labels that are ranked. */
        int columns();

        /** Samples sorted by one of them. */
        Ranking ranking(int column);

        /** Names of the figures, in order. */
        List<String> names();

        /** The figures of the samples so often, beside the areas {@code [columns]} that were found for them. */
        double[] values(short[] weights, Ranking.Areas[] areas);
    }

    /** Figures of samples with one label each. */
    public static Figures of(ProbabilityTable table, long seed) {
        return of(new SingleLabelFigures(table), seed);
    }

    /** Figures of samples with any number of labels each. */
    public static Figures of(LabelSets sets, long seed) {
        return of(new MultiLabelFigures(sets), seed);
    }

    /** Names of the figures that samples with one label of so many classes have. */
    public static List<String> names(int classes) {
        return SingleLabelFigures.names(classes);
    }

    /** All names of figures that samples with one label can have. */
    public static List<String> names() {
        return java.util.stream.Stream.concat(names(Integer.MAX_VALUE).stream(), names(2).stream())
                .distinct()
                .toList();
    }

    /** The figure of that name, if it belongs to this kind of table. */
    public Optional<Figure> find(String name) {
        return all.stream().filter(figure -> figure.name().equals(name)).findFirst();
    }

    /** Whether a smaller value of a figure is the better one. */
    public static boolean isLowerBetter(String name) {
        return List.of("log_loss", "brier", "ece", "hamming_loss").contains(name);
    }

    private static Figures of(Source source, long seed) {
        int n = source.size();
        int replicates = n == 0 ? 0 : (int) Math.max(LEAST, Math.min(MOST, WORK / n / (source.columns() + 10L)));
        double[][] found = new double[1 + replicates][]; // the first row is of the samples as they are
        int block = Math.max(8, BLOCK_BYTES / Short.BYTES / Math.max(1, n));
        for (int first = 0; first <= replicates; first += block) {
            int start = first;
            short[][] weights = IntStream.range(start, Math.min(start + block, 1 + replicates))
                    .parallel()
                    .mapToObj(r -> r == 0 ? ones(n) : draw(seed, r, n))
                    .toArray(short[][]::new);
            Ranking.Areas[][] areas = areas(source, weights);
            IntStream.range(0, weights.length)
                    .parallel()
                    .forEach(r -> found[start + r] = source.values(weights[r], areas[r]));
        }
        List<Figure> figures = new ArrayList<>();
        for (int f = 0; f < source.names().size(); f++) {
            int column = f;
            double[] drawn = Arrays.stream(found, 1, found.length)
                    .mapToDouble(row -> row[column])
                    .filter(Double::isFinite)
                    .sorted()
                    .toArray();
            figures.add(new Figure(
                    source.names().get(f), found[0][f], quantile(drawn, OUTSIDE), quantile(drawn, 1 - OUTSIDE)));
        }
        return new Figures(figures, replicates);
    }

    /** {@code [weights][columns]}; one column is sorted at a time on each thread. */
    private static Ranking.Areas[][] areas(Source source, short[][] weights) {
        Ranking.Areas[][] areas = new Ranking.Areas[weights.length][source.columns()];
        IntStream.range(0, source.columns()).parallel().forEach(column -> {
            Ranking ranking = source.ranking(column);
            for (int r = 0; r < weights.length; r++) {
                areas[r][column] = ranking.areas(weights[r]);
            }
        });
        return areas;
    }

    private static short[] ones(int n) {
        short[] ones = new short[n];
        Arrays.fill(ones, (short) 1);
        return ones;
    }

    private static short[] draw(long seed, int replicate, int n) {
        SplittableRandom random =
                SeedStream.of(seed).derive("bootstrap").derive(replicate).generator();
        short[] weights = new short[n];
        for (int i = 0; i < n; i++) {
            weights[random.nextInt(n)]++;
        }
        return weights;
    }

    /** Of sorted values, linear between them. */
    static double quantile(double[] sorted, double share) {
        if (sorted.length == 0) {
            return Double.NaN;
        }
        double place = share * (sorted.length - 1);
        int below = (int) place;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
    }
}
