package io.sichter.transform;

import io.sichter.image.Image;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.ShortBuffer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.opencv_core.Mat;

/** Channel values of a picture on the Java heap (HWC), for the kernels that are written in Java. */
sealed interface Pixels {
    /** The value at an index, unsigned. */
    double get(int index);

    /** Stores a value of the depth's range; whole-number depths drop the fraction. */
    void set(int index, double value);

    /** What to add before {@link #set} so that it rounds: 0.5, or 0 where fractions are kept. */
    double rounding();

    /** How many values there are. */
    int length();

    /** Copies one value from another array of the same depth. */
    void copy(int index, Pixels from, int fromIndex, int count);

    /** A picture of these values. */
    Image toImage(int height, int width, int channels);

    /** A copy of a picture's values. */
    static Pixels of(Image image) {
        int length = Math.toIntExact((long) image.height() * image.width() * image.channels());
        Pixels pixels = allocate(image.depth(), length);
        if (image.mat().isContinuous()) {
            pixels.load(image.mat());
        } else {
            try (Mat whole = image.mat().clone()) {
                pixels.load(whole);
            }
        }
        return pixels;
    }

    /** So many zeros. */
    static Pixels allocate(Image.Depth depth, int length) {
        return switch (depth) {
            case UINT8 -> new Bytes(new byte[length]);
            case UINT16 -> new Shorts(new short[length]);
            case FLOAT32 -> new Floats(new float[length]);
        };
    }

    /** Fills the array from a matrix without gaps between its rows. */
    void load(Mat mat);

    private static Mat matrix(Image.Depth depth, int height, int width, int channels) {
        return new Mat(height, width, opencv_core.CV_MAKETYPE(depth.code(), channels));
    }

    /** Unsigned 8 bit. */
    final class Bytes implements Pixels {
        private final byte[] values;

        Bytes(byte[] values) {
            this.values = values;
        }

        @Override
        public int length() {
            return values.length;
        }

        @Override
        public double get(int index) {
            return values[index] & 0xFF;
        }

        @Override
        public void set(int index, double value) {
            values[index] = (byte) (int) value;
        }

        @Override
        public double rounding() {
            return 0.5;
        }

        @Override
        public void copy(int index, Pixels from, int fromIndex, int count) {
            byte[] source = ((Bytes) from).values;
            for (int i = 0; i < count; i++) {
                values[index + i] = source[fromIndex + i];
            }
        }

        @Override
        public Image toImage(int height, int width, int channels) {
            return Image.ofBytes(height, width, channels, values);
        }

        @Override
        public void load(Mat mat) {
            mat.<ByteBuffer>createBuffer().get(values);
        }
    }

    /** Unsigned 16 bit. */
    final class Shorts implements Pixels {
        private final short[] values;

        Shorts(short[] values) {
            this.values = values;
        }

        @Override
        public int length() {
            return values.length;
        }

        @Override
        public double get(int index) {
            return values[index] & 0xFFFF;
        }

        @Override
        public void set(int index, double value) {
            values[index] = (short) (int) value;
        }

        @Override
        public double rounding() {
            return 0.5;
        }

        @Override
        public void copy(int index, Pixels from, int fromIndex, int count) {
            System.arraycopy(((Shorts) from).values, fromIndex, values, index, count);
        }

        @Override
        public Image toImage(int height, int width, int channels) {
            Mat mat = matrix(Image.Depth.UINT16, height, width, channels);
            mat.<ShortBuffer>createBuffer().put(values);
            return Image.of(mat);
        }

        @Override
        public void load(Mat mat) {
            mat.<ShortBuffer>createBuffer().get(values);
        }
    }

    /** 32 bit floating point. */
    final class Floats implements Pixels {
        private final float[] values;

        Floats(float[] values) {
            this.values = values;
        }

        @Override
        public int length() {
            return values.length;
        }

        @Override
        public double get(int index) {
            return values[index];
        }

        @Override
        public void set(int index, double value) {
            values[index] = (float) value;
        }

        @Override
        public double rounding() {
            return 0;
        }

        @Override
        public void copy(int index, Pixels from, int fromIndex, int count) {
            System.arraycopy(((Floats) from).values, fromIndex, values, index, count);
        }

        @Override
        public Image toImage(int height, int width, int channels) {
            Mat mat = matrix(Image.Depth.FLOAT32, height, width, channels);
            mat.<FloatBuffer>createBuffer().put(values);
            return Image.of(mat);
        }

        @Override
        public void load(Mat mat) {
            mat.<FloatBuffer>createBuffer().get(values);
        }
    }
}
