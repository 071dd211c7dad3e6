package io.sichter.transform;

import io.sichter.image.Image;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.opencv_core.Mat;

/**
 * Two byte arrays per thread that kernels read from and write to: arrays made anew for each picture would have to be
 * cleared first, and would lie in memory that no cache knows yet.
 */
final class Scratch {
    private static final ThreadLocal<Scratch> OWN = ThreadLocal.withInitial(Scratch::new);

    private byte[] source = new byte[0];
    private byte[] result = new byte[0];

    private Scratch() {}

    /** The values of an 8-bit picture at the start of an array, valid until the next call on this thread. */
    static byte[] load(Image image) {
        Scratch own = OWN.get();
        int rowLength = image.width() * image.channels();
        int length = Math.multiplyExact(image.height(), rowLength);
        own.source = atLeast(own.source, length);
        Mat mat = image.mat();
        if (mat.isContinuous()) {
            mat.data().get(own.source, 0, length);
            return own.source;
        }
        for (int y = 0; y < image.height(); y++) {
            try (BytePointer row = mat.ptr(y)) {
                row.get(own.source, y * rowLength, rowLength);
            }
        }
        return own.source;
    }

    /** An array of at least so many values, whatever they are, valid until the next call on this thread. */
    static byte[] result(int length) {
        Scratch own = OWN.get();
        own.result = atLeast(own.result, length);
        return own.result;
    }

    /** A picture of the values at the start of an array. */
    static Image toImage(byte[] values, int height, int width, int channels) {
        Mat mat = new Mat(height, width, opencv_core.CV_8UC(channels));
        mat.data().put(values, 0, height * width * channels);
        return Image.of(mat);
    }

    private static byte[] atLeast(byte[] array, int length) {
        return array.length >= length ? array : new byte[length];
    }
}
