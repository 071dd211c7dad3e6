package io.sichter.transform;

import java.nio.FloatBuffer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Scalar;

/** Normally distributed numbers, a pure function of their seed, from OpenCV's ziggurat. */
final class Noise {
    private Noise() {}

    static float[] normal(long seed, int count, double mean, double sigma) {
        float[] values = new float[count];
        try (Mat mat = new Mat(1, count, opencv_core.CV_32F);
                Mat from = new Mat(1, 1, opencv_core.CV_64F, new Scalar(mean));
                Mat scale = new Mat(1, 1, opencv_core.CV_64F, new Scalar(sigma))) {
            opencv_core.theRNG().state(seed == 0 ? 1 : seed); // this thread's own; from 0 it would give zeros for ever
            opencv_core.randn(mat, from, scale);
            mat.<FloatBuffer>createBuffer().get(values);
        }
        return values;
    }
}
