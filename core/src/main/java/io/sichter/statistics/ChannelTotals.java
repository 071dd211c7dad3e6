package io.sichter.statistics;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;

/**
 * Sums over the pixels of many pictures. Whole numbers throughout: the same pictures give the same bits, in whatever
 * order and by however many threads they come, and no digits are lost where a sum of squares meets the square of a sum.
 * Standard deviations of single pictures are no whole numbers; they are summed in steps of 2^-40.
 *
 * <p>Memory does not grow with the pictures. Not safe to use from several threads.
 */
final class ChannelTotals {
    private static final double WHITE = 255;
    private static final double STEPS = 0x1p40;

    private final long[] sums;
    private final BigInteger[] squares;
    private final long[] means;
    private final long[] deviations;
    private long pixels;
    private long pictures;

    ChannelTotals(int channels) {
        sums = new long[channels];
        squares = new BigInteger[channels];
        java.util.Arrays.fill(squares, BigInteger.ZERO);
        means = new long[channels];
        deviations = new long[channels];
    }

    void add(PictureSums picture) {
        pixels += picture.pixels();
        pictures++;
        for (int c = 0; c < sums.length; c++) {
            long sum = picture.sums()[c];
            sums[c] = Math.addExact(sums[c], sum);
            squares[c] = squares[c].add(BigInteger.valueOf(picture.squares()[c]));
            double mean = (double) sum / picture.pixels() / WHITE;
            BigInteger spread = spread(picture.pixels(), sum, BigInteger.valueOf(picture.squares()[c]));
            double variance =
                    picture.pixels() < 2 ? 0 : spread.doubleValue() / picture.pixels() / (picture.pixels() - 1);
            means[c] += Math.round(mean * STEPS);
            deviations[c] += Math.round(Math.sqrt(variance) / WHITE * STEPS);
        }
    }

    long pixels() {
        return pixels;
    }

    List<Double> mean() {
        List<Double> mean = new ArrayList<>();
        for (long sum : sums) {
            mean.add(quotient(BigInteger.valueOf(sum), BigInteger.valueOf(pixels)) / WHITE);
        }
        return mean;
    }

    List<Double> std() {
        List<Double> std = new ArrayList<>();
        BigInteger n = BigInteger.valueOf(pixels);
        for (int c = 0; c < sums.length; c++) {
            double variance = quotient(spread(pixels, sums[c], squares[c]), n.multiply(n));
            std.add(Math.sqrt(variance) / WHITE);
        }
        return std;
    }

    List<Double> meanPerPicture() {
        return perPicture(means);
    }

    List<Double> stdPerPicture() {
        return perPicture(deviations);
    }

    private List<Double> perPicture(long[] totals) {
        List<Double> values = new ArrayList<>();
        for (long total : totals) {
            values.add(total / STEPS / pictures);
        }
        return values;
    }

    /** n * sum of squares - square of sum: n^2 times the variance. */
    private static BigInteger spread(long n, long sum, BigInteger squares) {
        BigInteger s = BigInteger.valueOf(sum);
        return squares.multiply(BigInteger.valueOf(n)).subtract(s.multiply(s));
    }

    private static double quotient(BigInteger a, BigInteger b) {
        return new BigDecimal(a)
                .divide(new BigDecimal(b), MathContext.DECIMAL128)
                .doubleValue();
    }
}
