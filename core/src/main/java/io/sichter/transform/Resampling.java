package io.sichter.transform;

import io.sichter.image.Image;

/**
 * Pillow's two-pass antialiased bilinear resampling in Java, for pictures that libtorch's byte kernel does not take:
 * any number of channels, 16 bit, float32. Values between the passes are rounded to the picture's depth, as Pillow does.
 *
 * <p>Source: Pillow, {@code src/libImaging/Resample.c} (precompute_coeffs and the 16- and 32-bit passes).
 */
final class Resampling {
    private Resampling() {}

    /** Weights of one axis: output {@code i} is the sum over {@code k} of {@code weights[i][k]} times input {@code first[i] + k}. */
    @SuppressWarnings("ArrayRecordComponent") // two results of one method, compared by nobody
    private record Axis(int[] first, double[][] weights) {}

    /** A new picture of the given size. */
    static Image bilinear(Image image, Size size) {
        int channels = image.channels();
        Pixels pixels = Pixels.of(image);
        int width = image.width();
        if (size.width() != width) {
            pixels = horizontal(pixels, image, size.width());
            width = size.width();
        }
        if (size.height() != image.height()) {
            pixels = vertical(pixels, image, width * channels, size.height());
        }
        return pixels.toImage(size.height(), width, channels);
    }

    private static Pixels horizontal(Pixels in, Image image, int width) {
        int channels = image.channels();
        Axis axis = axis(image.width(), width);
        Pixels out = Pixels.allocate(image.depth(), length(image.height(), width * channels));
        double rounding = out.rounding();
        for (int y = 0; y < image.height(); y++) {
            int row = y * image.width() * channels;
            int target = y * width * channels;
            for (int x = 0; x < width; x++) {
                double[] weights = axis.weights[x];
                for (int c = 0; c < channels; c++) {
                    double sum = 0;
                    int at = row + axis.first[x] * channels + c;
                    for (double weight : weights) {
                        sum += in.get(at) * weight;
                        at += channels;
                    }
                    out.set(target++, sum + rounding);
                }
            }
        }
        return out;
    }

    private static Pixels vertical(Pixels in, Image image, int rowLength, int height) {
        Axis axis = axis(image.height(), height);
        Pixels out = Pixels.allocate(image.depth(), length(height, rowLength));
        double[] sums = new double[rowLength];
        for (int y = 0; y < height; y++) {
            java.util.Arrays.fill(sums, out.rounding());
            int at = axis.first[y] * rowLength;
            for (double weight : axis.weights[y]) {
                for (int i = 0; i < rowLength; i++) {
                    sums[i] += in.get(at++) * weight;
                }
            }
            for (int i = 0; i < rowLength; i++) {
                out.set(y * rowLength + i, sums[i]);
            }
        }
        return out;
    }

    private static Axis axis(int inSize, int outSize) {
        double scale = (double) inSize / outSize;
        double support = Math.max(scale, 1); // the triangle reaches 1 pixel to each side, of the coarser grid
        int[] first = new int[outSize];
        double[][] weights = new double[outSize][];
        for (int i = 0; i < outSize; i++) {
            double center = (i + 0.5) * scale;
            int from = Math.max((int) (center - support + 0.5), 0);
            int to = Math.min((int) (center + support + 0.5), inSize);
            double[] w = new double[to - from];
            double total = 0;
            for (int k = 0; k < w.length; k++) {
                w[k] = Math.max(0, 1 - Math.abs((k + from - center + 0.5) / support));
                total += w[k];
            }
            for (int k = 0; k < w.length; k++) {
                w[k] /= total;
            }
            first[i] = from;
            weights[i] = w;
        }
        return new Axis(first, weights);
    }

    private static int length(int rows, int rowLength) {
        return Math.toIntExact((long) rows * rowLength);
    }
}
