package io.sichter.transform;

import io.sichter.image.Image;
import org.bytedeco.javacpp.indexer.FloatIndexer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Rect;

/**
 * Moves a picture away from its blurred version or towards it. The blur weighs a pixel with 5/13 and its eight neighbours
 * with 1/13 each, and leaves the outermost pixels as they are.
 *
 * <p>Source: Pillow, {@code ImageEnhance.Sharpness} and {@code ImageFilter.SMOOTH}.
 */
final class Sharpness {
    private Sharpness() {}

    /**
     * Adjusts; any depth, any number of channels.
     *
     * @param factor 0 blurs, 1 changes nothing, 2 sharpens
     */
    static Image adjust(Image image, double factor) {
        if (image.height() < 3 || image.width() < 3) {
            return image; // there is no pixel with eight neighbours
        }
        Mat source = image.mat();
        Mat target = source.clone();
        try (Mat blurred = new Mat();
                Mat kernel = kernel();
                Rect inside = new Rect(1, 1, image.width() - 2, image.height() - 2);
                Mat sharp = source.apply(inside);
                Mat blunt = filter(source, blurred, kernel).apply(inside);
                Mat part = target.apply(inside)) {
            opencv_core.addWeighted(sharp, factor, blunt, 1 - factor, Depths.bias(source), part);
        }
        Depths.clamp(target);
        return Image.of(target);
    }

    private static Mat filter(Mat source, Mat blurred, Mat kernel) {
        opencv_imgproc.filter2D(source, blurred, -1, kernel);
        return blurred;
    }

    private static Mat kernel() {
        Mat kernel = new Mat(3, 3, opencv_core.CV_32F);
        try (FloatIndexer weights = kernel.createIndexer()) {
            for (int i = 0; i < 9; i++) {
                weights.put(i / 3, i % 3, (i == 4 ? 5 : 1) / 13f);
            }
        }
        return kernel;
    }
}
