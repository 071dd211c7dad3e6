package io.sichter.transform;

import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Scalar;

/**
 * Brightness, contrast and saturation: each moves a picture towards another one (black, its mean grey, its grey version)
 * or away from it, {@code factor * picture + (1 - factor) * other}, as Pillow's {@code ImageEnhance} does. Source and
 * target may be the same matrix.
 *
 * <p>Whole numbers drop their fraction, as Pillow's {@code Image.blend} does; float values stay between 0 and 1.
 */
final class Colours {
    static final int COLOUR_CHANNELS = 3;

    private Colours() {}

    /** Towards black. Any number of channels. */
    static void brightness(Mat source, Mat target, double factor) {
        blend(source, target, factor, 0);
    }

    /** Towards the mean of the grey version, or of all values where there are not three channels. */
    static void contrast(Mat source, Mat target, double factor) {
        double mean = meanGrey(source);
        if (source.depth() != opencv_core.CV_32F) {
            mean = Math.floor(mean + 0.5);
        }
        blend(source, target, factor, mean);
    }

    /**
     * Towards the grey version.
     *
     * @throws IllegalArgumentException if there are neither 1 nor 3 channels; with 1, nothing changes, as in torchvision
     */
    static void saturation(Mat source, Mat target, double factor) {
        requireColourOrGrey(source, "Saturation");
        if (source.channels() == 1) {
            copy(source, target);
            return;
        }
        try (Mat grey = new Mat()) {
            grey(source, grey);
            opencv_core.addWeighted(source, factor, grey, 1 - factor, Depths.bias(source), target);
        }
        Depths.clamp(target);
    }

    /** The grey version, as red, green and blue that are equal; the same where there is one channel. */
    static void grey(Mat source, Mat target) {
        if (source.channels() == 1) {
            copy(source, target);
            return;
        }
        try (Mat grey = new Mat()) {
            opencv_imgproc.cvtColor(source, grey, opencv_imgproc.COLOR_RGB2GRAY);
            opencv_imgproc.cvtColor(grey, target, opencv_imgproc.COLOR_GRAY2RGB);
        }
    }

    static void requireColourOrGrey(Mat source, String what) {
        if (source.channels() != 1 && source.channels() != COLOUR_CHANNELS) {
            throw new IllegalArgumentException(what + " is for 1 or 3 channels, got " + source.channels());
        }
    }

    /** Copies; nothing where both are the same matrix, which OpenCV sees itself. */
    static void copy(Mat source, Mat target) {
        source.copyTo(target);
    }

    private static void blend(Mat source, Mat target, double factor, double other) {
        source.convertTo(target, source.type(), factor, (1 - factor) * other + Depths.bias(source));
        Depths.clamp(target);
    }

    private static double meanGrey(Mat source) {
        if (source.channels() == COLOUR_CHANNELS) {
            try (Mat grey = new Mat()) {
                opencv_imgproc.cvtColor(source, grey, opencv_imgproc.COLOR_RGB2GRAY);
                return mean(grey);
            }
        }
        try (Mat whole =
                source.isContinuous() ? source.reshape(1) : source.clone().reshape(1)) {
            return mean(whole);
        }
    }

    private static double mean(Mat oneChannel) {
        try (Scalar mean = opencv_core.mean(oneChannel)) {
            return mean.get(0);
        }
    }
}
