package io.sichter.image;

import io.sichter.image.UnreadableImageException.Reason;
import io.sichter.text.Text;

/**
 * How large a picture may be. Both limits are checked before memory for pixels is asked for, so that a file of a few
 * bytes that announces a gigantic picture costs nothing.
 *
 * @param maxPixels largest width x height
 * @param maxBytes largest file
 */
public record DecodeLimits(long maxPixels, long maxBytes) {
    /** Longest side in pixels, whatever the other limits say: OpenCV reads nothing longer. */
    public static final int MAX_SIDE = 1 << 20;

    private static final long MAX_OPENCV_PIXELS = 1L << 30;

    /** Checks the ranges: {@code maxPixels} in [1, 2^30] is what OpenCV can do, a larger one means 2^30. */
    public DecodeLimits {
        if (maxPixels < 1 || maxBytes < 1) {
            throw new IllegalArgumentException(
                    "Limits must be positive: " + maxPixels + " pixels, " + maxBytes + " bytes");
        }
        maxPixels = Math.min(maxPixels, MAX_OPENCV_PIXELS);
    }

    /** 100 million pixels in at most 256 MiB. */
    public static DecodeLimits defaults() {
        return ofPixels(100_000_000);
    }

    /** So many pixels in at most 256 MiB. */
    public static DecodeLimits ofPixels(long maxPixels) {
        return new DecodeLimits(maxPixels, 1L << 28);
    }

    /**
     * Checks the size of a file.
     *
     * @throws UnreadableImageException if it has no bytes or too many
     */
    public void checkBytes(long bytes, String name) {
        if (bytes == 0) {
            throw new UnreadableImageException(Reason.EMPTY, name, Text.of("image.empty"));
        }
        if (bytes > maxBytes) {
            throw new UnreadableImageException(
                    Reason.TOO_LARGE, name, Text.of("image.too_many_bytes", bytes, maxBytes));
        }
    }

    void checkPixels(ImageHeader header, String name) {
        if (header.width() < 1 || header.height() < 1) {
            throw new UnreadableImageException(
                    Reason.DAMAGED, name, Text.of("image.senseless_size", header.width(), header.height()));
        }
        long pixels = (long) header.width() * header.height();
        if (pixels > maxPixels || Math.max(header.width(), header.height()) > MAX_SIDE) {
            throw new UnreadableImageException(
                    Reason.TOO_LARGE,
                    name,
                    Text.of("image.too_many_pixels", header.width(), header.height(), maxPixels, MAX_SIDE));
        }
    }
}
