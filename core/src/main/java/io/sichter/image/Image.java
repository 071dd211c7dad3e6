package io.sichter.image;

import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.opencv_core.Mat;

/**
 * A picture in memory: height x width x channels, interleaved (HWC), channels in the order R, G, B for colour.
 *
 * <p>The pixels live outside the Java heap. Inside a loader worker the worker's scope releases them; anywhere else close
 * the image, or leave it to the garbage collector. An image is not changed after it was made.
 */
public final class Image implements AutoCloseable {
    /** How a channel of a pixel is stored. */
    public enum Depth {
        /** Unsigned 8 bit, 0 to 255. */
        UINT8(opencv_core.CV_8U),
        /** Unsigned 16 bit, 0 to 65535. */
        UINT16(opencv_core.CV_16U),
        /** 32 bit floating point, range as the source has it. */
        FLOAT32(opencv_core.CV_32F);

        private final int code;

        Depth(int code) {
            this.code = code;
        }

        /** OpenCV's code for this depth. */
        public int code() {
            return code;
        }
    }

    private final Mat mat;

    private Image(Mat mat) {
        this.mat = mat;
    }

    /**
     * Takes over an OpenCV matrix whose channels are already in RGB order.
     *
     * @throws IllegalArgumentException if it is empty or of a depth that {@link Depth} does not name
     */
    public static Image of(Mat mat) {
        if (mat.empty()) {
            throw new IllegalArgumentException("An image needs at least one pixel");
        }
        depthOf(mat);
        return new Image(mat);
    }

    /**
     * Copies interleaved 8-bit pixels from the Java heap.
     *
     * @param pixels height * width * channels bytes, HWC
     */
    public static Image ofBytes(int height, int width, int channels, byte[] pixels) {
        if (pixels.length != height * width * channels) {
            throw new IllegalArgumentException(height + "x" + width + "x" + channels + " needs "
                    + height * width * channels + " bytes, got " + pixels.length);
        }
        Mat mat = new Mat(height, width, opencv_core.CV_8UC(channels));
        mat.data().put(pixels);
        return new Image(mat);
    }

    /** Height in pixels. */
    public int height() {
        return mat.rows();
    }

    /** Width in pixels. */
    public int width() {
        return mat.cols();
    }

    /** Number of channels: 3 for colour. */
    public int channels() {
        return mat.channels();
    }

    /** How each channel is stored. */
    public Depth depth() {
        return depthOf(mat);
    }

    /** The matrix behind the image, for kernels; it must not be changed. Rows may be strided (a crop is a view). */
    public Mat mat() {
        return mat;
    }

    /** A copy of the 8-bit pixels, HWC. */
    public byte[] toBytes() {
        if (depth() != Depth.UINT8) {
            throw new IllegalStateException("Only 8-bit images have bytes, this one is " + depth());
        }
        byte[] pixels = new byte[height() * width() * channels()];
        if (mat.isContinuous()) {
            mat.data().get(pixels);
            return pixels;
        }
        int rowBytes = width() * channels();
        for (int y = 0; y < height(); y++) {
            try (BytePointer row = mat.ptr(y)) {
                row.get(pixels, y * rowBytes, rowBytes);
            }
        }
        return pixels;
    }

    @Override
    public void close() {
        mat.close();
    }

    @Override
    public String toString() {
        return "Image[" + height() + "x" + width() + "x" + channels() + " " + depth() + "]";
    }

    private static Depth depthOf(Mat mat) {
        for (Depth depth : Depth.values()) {
            if (depth.code == mat.depth()) {
                return depth;
            }
        }
        throw new IllegalArgumentException("No image depth for OpenCV depth " + mat.depth());
    }
}
