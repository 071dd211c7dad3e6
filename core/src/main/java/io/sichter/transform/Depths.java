package io.sichter.transform;

import io.sichter.image.Image;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;

/** What the depths of pictures mean for arithmetic on their values. */
final class Depths {
    /**
     * Added before OpenCV rounds, so that whole numbers come out as Pillow and torchvision make them: with the fraction
     * dropped. The small rest keeps a whole number that float arithmetic left just below itself.
     */
    private static final double DROP_FRACTION = -0.5 + 1.0 / 512;

    private Depths() {}

    /** The value of white: 255, 65535, or 1. Black is 0. */
    static double white(Image.Depth depth) {
        return switch (depth) {
            case UINT8 -> 255;
            case UINT16 -> 65535;
            case FLOAT32 -> 1;
        };
    }

    /** What to add to a result before OpenCV stores it, so that its fraction is dropped. */
    static double bias(Mat mat) {
        return mat.depth() == opencv_core.CV_32F ? 0 : DROP_FRACTION;
    }

    /** White of a matrix's depth. */
    static double white(Mat mat) {
        return switch (mat.depth()) {
            case opencv_core.CV_8U -> 255;
            case opencv_core.CV_16U -> 65535;
            default -> 1;
        };
    }

    /** Keeps float values between black and white; whole numbers are kept there by OpenCV itself. */
    static void clamp(Mat mat) {
        if (mat.depth() == opencv_core.CV_32F) {
            try (Mat flat = mat.reshape(1)) {
                opencv_imgproc.threshold(flat, flat, 1, 0, opencv_imgproc.THRESH_TRUNC);
                opencv_imgproc.threshold(flat, flat, 0, 0, opencv_imgproc.THRESH_TOZERO);
            }
        }
    }

    /** Memory for a picture of the same size, depth and channels. */
    static Mat like(Image image) {
        return new Mat(image.height(), image.width(), image.mat().type());
    }
}
