package io.sichter.search;

import io.sichter.search.ComparisonResult.RivalResult;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How a rival stands beside the first: the mean of the differences within each seed, for a seed that draws a lucky split
 * or lucky weights draws them for all rivals. The probability is that of Student's paired test, corrected for the number
 * of rivals by Holm's rule (1979).
 *
 * @param difference mean of rival minus first, in units of the metric
 * @param half half of the 95 % interval of the difference; NaN for fewer than two seeds
 * @param probability of such a difference where there is none; NaN for fewer than two seeds
 * @param verdict in a word
 */
public record Versus(double difference, double half, double probability, Verdict verdict) {
    /** Fewer pairs than this tell nothing where they tell no difference. */
    private static final int ENOUGH = 3;

    private static final double SMALL = 0.05;

    /** What can be said. */
    public enum Verdict {
        /** It is the first itself. */
        FIRST,
        /** The difference is no chance: p below 0.05. */
        REAL,
        /** Seeds alone make differences like this one. */
        NOISE,
        /** Too few seeds to tell. */
        UNKNOWN
    }

    static Versus first() {
        return new Versus(0, 0, 1, Verdict.FIRST);
    }

    /** The rivals, the best first, each with its standing. */
    static List<RivalResult> judge(List<RivalResult> rivals, String metric) {
        double[] first = ComparisonResult.scores(rivals.get(0).runs(), metric);
        List<Versus> plain = new ArrayList<>();
        for (RivalResult rival : rivals.subList(1, rivals.size())) {
            double[] scores = ComparisonResult.scores(rival.runs(), metric);
            plain.add(paired(IntStream.range(0, first.length)
                    .mapToDouble(i -> scores[i] - first[i])
                    .toArray()));
        }
        List<Versus> corrected = holm(plain);
        List<RivalResult> judged = new ArrayList<>(List.of(rivals.get(0)));
        for (int i = 0; i < corrected.size(); i++) {
            RivalResult r = rivals.get(i + 1);
            judged.add(new RivalResult(r.settings(), r.runs(), r.mean(), r.std(), corrected.get(i)));
        }
        return judged;
    }

    /** Student's test of differences within pairs. */
    static Versus paired(double[] differences) {
        int n = differences.length;
        double mean = StudentT.mean(differences);
        if (n < 2) {
            return new Versus(mean, Double.NaN, Double.NaN, Verdict.UNKNOWN);
        }
        double error = StudentT.std(differences) / Math.sqrt(n);
        double p = StudentT.probability(mean, error, n - 1);
        return new Versus(mean, StudentT.half(error, n - 1), p, verdict(p, n));
    }

    /** The smallest probability counts as often as there are tests, the next once less, and none less than one before. */
    static List<Versus> holm(List<Versus> tests) {
        Versus[] corrected = new Versus[tests.size()];
        List<Integer> order = IntStream.range(0, tests.size())
                .boxed()
                .sorted(Comparator.comparingDouble(i -> tests.get(i).probability()))
                .toList();
        double before = 0;
        for (int rank = 0; rank < order.size(); rank++) {
            Versus test = tests.get(order.get(rank));
            double p = Math.min(1, (order.size() - rank) * test.probability());
            before = Double.isNaN(p) ? before : Math.max(before, p);
            double adjusted = Double.isNaN(p) ? p : before;
            Verdict verdict = test.verdict() == Verdict.REAL && !(adjusted < SMALL) ? Verdict.NOISE : test.verdict();
            corrected[order.get(rank)] = new Versus(test.difference(), test.half(), adjusted, verdict);
        }
        return List.of(corrected);
    }

    private static Verdict verdict(double p, int pairs) {
        if (p < SMALL) {
            return Verdict.REAL;
        }
        return pairs < ENOUGH ? Verdict.UNKNOWN : Verdict.NOISE;
    }
}
