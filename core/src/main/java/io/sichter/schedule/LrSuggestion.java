package io.sichter.schedule;

import java.util.List;
import java.util.OptionalDouble;

/**
 * What a learning-rate test suggests (Smith, "Cyclical Learning Rates", 2017, section 3.3), by fastai's rules: the first
 * tenth of the planned points and the last five are not looked at.
 *
 * @param valley two thirds down the longest fall of the losses; a rate that usually trains well
 * @param steepest where the loss falls fastest over the logarithm of the rate
 */
public record LrSuggestion(OptionalDouble valley, OptionalDouble steepest) {
    private static final int LAST_POINTS = 5;
    private static final double SMOOTHING = 0.98;

    /**
     * One point of the test.
     *
     * @param lr the rate of a step
     * @param loss of that step
     * @param smoothed mean of the losses so far, the later the heavier
     */
    public record Point(double lr, double loss, double smoothed) {}

    /**
     * The suggestions; empty where too few points were made.
     *
     * @param planned points that were planned; fewer are made where the loss explodes
     */
    public static LrSuggestion of(List<Point> points, int planned) {
        int from = planned / 10;
        int to = points.size() - LAST_POINTS;
        if (to - from < 2) {
            return new LrSuggestion(OptionalDouble.empty(), OptionalDouble.empty());
        }
        List<Point> counted = points.subList(from, to);
        return new LrSuggestion(OptionalDouble.of(valley(counted)), OptionalDouble.of(steepest(counted)));
    }

    /** The rate of a step (from 0) of a test: rises by the same factor every step. */
    public static double rate(double first, double last, int step, int planned) {
        return first * Math.pow(last / first, (double) step / planned);
    }

    /**
     * The smoothed loss after one more, without the pull of the zero it began with.
     *
     * @param smoothed of the steps before; anything for the first
     * @param count steps, this one included
     */
    public static double smooth(double smoothed, double loss, int count) {
        double before = count == 1 ? 0 : smoothed * (1 - Math.pow(SMOOTHING, count - 1));
        return (SMOOTHING * before + (1 - SMOOTHING) * loss) / (1 - Math.pow(SMOOTHING, count));
    }

    /** In the longest falling subsequence of the losses. */
    private static double valley(List<Point> points) {
        int[] longest = new int[points.size()];
        java.util.Arrays.fill(longest, 1);
        int start = 0;
        int end = 0;
        for (int i = 1; i < longest.length; i++) {
            for (int j = 0; j < i; j++) {
                if (points.get(i).smoothed() < points.get(j).smoothed() && longest[i] < longest[j] + 1) {
                    longest[i] = longest[j] + 1;
                }
                if (longest[end] < longest[i]) {
                    end = i;
                    start = end - longest[end];
                }
            }
        }
        double third = (end - start) / 3.0;
        return points.get(start + (int) third + (int) (third / 2)).lr();
    }

    private static double steepest(List<Point> points) {
        double lowest = Double.POSITIVE_INFINITY;
        double found = points.get(0).lr();
        for (int i = 0; i + 1 < points.size(); i++) {
            Point here = points.get(i);
            Point next = points.get(i + 1);
            double slope = (next.smoothed() - here.smoothed()) / (Math.log(next.lr()) - Math.log(here.lr()));
            if (slope < lowest) {
                lowest = slope;
                found = here.lr();
            }
        }
        return found;
    }
}
