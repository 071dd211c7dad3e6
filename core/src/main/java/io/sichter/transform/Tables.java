package io.sichter.transform;

import io.sichter.image.Image;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.opencv_core.Mat;

/**
 * Operations in which each new value depends on the old one alone: one table of 256 bytes per channel and one pass for
 * bytes, arithmetic for other depths. Grey levels given as parameters go from 0 to 255 at every depth.
 *
 * <p>Source: Pillow, {@code ImageOps}; torchvision's tensor functions for float and 16 bit.
 */
final class Tables {
    private static final int LEVELS = 256;

    private Tables() {}

    /** Black to white and white to black. */
    static Image invert(Image image) {
        double white = Depths.white(image.depth());
        return map(image, v -> white - v);
    }

    /** Inverts what is at least as bright as the threshold, 0 to 255. */
    static Image solarize(Image image, double threshold) {
        double white = Depths.white(image.depth());
        double limit = threshold * white / 255;
        return map(image, v -> v < limit ? v : white - v);
    }

    /** Keeps the upper bits of each value, 0 to 8 of them; of float values so many equal steps. */
    static Image posterize(Image image, int bits) {
        int levels = 1 << bits;
        double step = image.depth() == Image.Depth.FLOAT32 ? 1.0 / levels : (Depths.white(image.depth()) + 1) / levels;
        return map(image, v -> Math.max(0, Math.min(Math.floor(v / step), levels - 1)) * step);
    }

    /** Stretches each channel so that its darkest value becomes black and its brightest white. */
    static Image autocontrast(Image image) {
        double white = Depths.white(image.depth());
        return perChannel(image, channel -> {
            double[] range = range(channel);
            double scale = white / (range[1] - range[0]);
            double offset = -range[0] * scale;
            return range[1] <= range[0]
                    ? DoubleUnaryOperator.identity()
                    : v -> Math.max(0, Math.min(v * scale + offset, white));
        });
    }

    /** Spreads each channel's values evenly, in 256 levels. */
    static Image equalize(Image image) {
        double white = Depths.white(image.depth());
        double perLevel = image.depth() == Image.Depth.FLOAT32 ? 1 / 255.999 : (white + 1) / LEVELS;
        return perChannel(image, channel -> {
            int[] levels = equalized(histogram(channel, perLevel));
            if (levels.length == 0) {
                return DoubleUnaryOperator.identity();
            }
            return v -> levels[level(v, perLevel)] * white / 255;
        });
    }

    /** One operator for all channels. */
    static Image map(Image image, DoubleUnaryOperator operator) {
        return map(image, Collections.nCopies(image.channels(), operator), true);
    }

    private interface ChannelOperator {
        DoubleUnaryOperator of(Pixels channel);
    }

    private static Image perChannel(Image image, ChannelOperator maker) {
        List<DoubleUnaryOperator> operators = new ArrayList<>();
        for (int c = 0; c < image.channels(); c++) {
            try (Mat channel = new Mat()) {
                opencv_core.extractChannel(image.mat(), channel, c);
                operators.add(maker.of(Pixels.of(Image.of(channel))));
            }
        }
        return map(image, operators, false);
    }

    private static Image map(Image image, List<DoubleUnaryOperator> operators, boolean alike) {
        if (image.depth() == Image.Depth.UINT8) {
            return lookUp(image, alike ? operators.subList(0, 1) : operators);
        }
        Pixels pixels = Pixels.of(image);
        int channels = image.channels();
        for (int i = 0; i < image.height() * image.width() * channels; i++) {
            pixels.set(i, operators.get(i % channels).applyAsDouble(pixels.get(i)));
        }
        return pixels.toImage(image.height(), image.width(), channels);
    }

    private static Image lookUp(Image image, List<DoubleUnaryOperator> operators) {
        int tables = operators.size();
        byte[] values = new byte[LEVELS * tables];
        for (int i = 0; i < values.length; i++) {
            values[i] = (byte) (int) operators.get(i % tables).applyAsDouble(Math.floorDiv(i, tables));
        }
        Mat target = Depths.like(image);
        try (Mat table = new Mat(1, LEVELS, opencv_core.CV_8UC(tables))) {
            table.data().put(values);
            opencv_core.LUT(image.mat(), table, target);
        }
        return Image.of(target);
    }

    private static double[] range(Pixels channel) {
        double[] range = {Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY};
        for (int i = 0; i < channel.length(); i++) {
            range[0] = Math.min(range[0], channel.get(i));
            range[1] = Math.max(range[1], channel.get(i));
        }
        return range;
    }

    private static int[] histogram(Pixels channel, double perLevel) {
        int[] histogram = new int[LEVELS];
        for (int i = 0; i < channel.length(); i++) {
            histogram[level(channel.get(i), perLevel)]++;
        }
        return histogram;
    }

    private static int level(double value, double perLevel) {
        return (int) Math.max(0, Math.min(value / perLevel, LEVELS - 1));
    }

    /** Pillow's rule: a step is the pixels below the brightest level, divided by 255; empty where nothing is to be done. */
    private static int[] equalized(int[] histogram) {
        int brightest = IntStream.iterate(LEVELS - 1, i -> i - 1)
                .filter(i -> histogram[i] > 0)
                .findFirst()
                .orElseThrow();
        int step = (IntStream.of(histogram).sum() - histogram[brightest]) / 255;
        if (step == 0) {
            return new int[0];
        }
        int[] levels = new int[LEVELS];
        int sum = step / 2;
        for (int i = 0; i < LEVELS; i++) {
            levels[i] = Math.min(sum / step, LEVELS - 1);
            sum += histogram[i];
        }
        return levels;
    }
}
