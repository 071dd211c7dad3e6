package io.sichter.image;

import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.opencv_core.Mat;

/** Turns a picture upright. The eight orientations are those of TIFF 6.0 and EXIF. */
final class Orientation {
    private static final int BOTH_AXES = -1;
    private static final int UPSIDE_DOWN = 0;
    private static final int LEFT_RIGHT = 1;

    private Orientation() {}

    /** The upright picture: a new matrix, or the given one where nothing is to be done. */
    static Mat apply(Mat stored, int orientation) {
        return switch (orientation) {
            case 2 -> flip(stored, LEFT_RIGHT);
            case 3 -> flip(stored, BOTH_AXES);
            case 4 -> flip(stored, UPSIDE_DOWN);
            case 5 -> transpose(stored);
            case 6 -> flip(transpose(stored), LEFT_RIGHT);
            case 7 -> flip(transpose(stored), BOTH_AXES);
            case 8 -> flip(transpose(stored), UPSIDE_DOWN);
            default -> stored;
        };
    }

    private static Mat flip(Mat stored, int axis) {
        Mat flipped = new Mat();
        opencv_core.flip(stored, flipped, axis);
        return flipped;
    }

    private static Mat transpose(Mat stored) {
        Mat transposed = new Mat();
        opencv_core.transpose(stored, transposed);
        return transposed;
    }
}
