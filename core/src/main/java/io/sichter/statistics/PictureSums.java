package io.sichter.statistics;

import io.sichter.image.Image;
import org.bytedeco.javacpp.BytePointer;

/**
 * Sums over the pixels of one decoded picture, which is always 8-bit: whole numbers, so that they are exact and their order does not matter.
 *
 * @param pixels number of pixels
 * @param sums of the values of each channel, 0 to 255
 * @param squares sums of their squares
 */
@SuppressWarnings("ArrayRecordComponent") // added up at once and thrown away
record PictureSums(long pixels, long[] sums, long[] squares) {
    static PictureSums of(Image image) {
        if (image.depth() != Image.Depth.UINT8) {
            throw new IllegalArgumentException("Statistics are of 8-bit pictures, got " + image);
        }
        int channels = image.channels();
        long[] sums = new long[channels];
        long[] squares = new long[channels];
        byte[] row = new byte[image.width() * channels];
        for (int y = 0; y < image.height(); y++) {
            try (BytePointer pixels = image.mat().ptr(y)) {
                pixels.get(row);
            }
            for (int c = 0; c < channels; c++) {
                long sum = 0;
                long square = 0;
                for (int i = c; i < row.length; i += channels) {
                    int value = row[i] & 0xFF;
                    sum += value;
                    square += (long) value * value;
                }
                sums[c] += sum;
                squares[c] += square;
            }
        }
        return new PictureSums((long) image.height() * image.width(), sums, squares);
    }
}
