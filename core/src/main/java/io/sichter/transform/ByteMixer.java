package io.sichter.transform;

import io.sichter.image.Image;

/**
 * Bilinear lookups in an 8-bit picture. Places are computed in double precision, shares in 11 bits, sums in 30: less than
 * 0.2 grey levels from the exact mean before its fraction goes.
 */
final class ByteMixer {
    private static final int BITS = 11;
    private static final int ONE = 1 << BITS;

    private final Homography map;
    private final byte[] in;
    private final int channels;
    private final int lastX;
    private final int lastY;
    private final int added;

    /**
     * Makes one.
     *
     * @param map from points of the result to points of the picture
     * @param rounds whether to round instead of dropping the fraction
     */
    ByteMixer(Image image, Homography map, boolean rounds) {
        this.map = map;
        this.in = image.toBytes();
        this.channels = image.channels();
        this.lastX = image.width() - 1;
        this.lastY = image.height() - 1;
        this.added = rounds ? 1 << (2 * BITS - 1) : 0;
    }

    /** Writes the pixels {@code from} to {@code to} (not included) of row y, all of which lie within the picture. */
    void mix(byte[] out, int target, int y, int from, int to) {
        double stepX = map.x(1, 0) - map.x(0, 0);
        double stepY = map.y(1, 0) - map.y(0, 0);
        double stepW = map.w(1, 0) - map.w(0, 0);
        double startX = map.x(from + 0.5, y + 0.5);
        double startY = map.y(from + 0.5, y + 0.5);
        double startW = map.w(from + 0.5, y + 0.5);
        boolean affine = map.isAffine();
        int at = target;
        for (int i = 0; i < to - from; i++) {
            double scale = affine ? ONE : ONE / (startW + i * stepW);
            // half a pixel back, and one whole pixel ahead so that dropping the fraction is rounding down
            int fixedX = (int) ((startX + i * stepX) * scale + ONE / 2);
            int fixedY = (int) ((startY + i * stepY) * scale + ONE / 2);
            int column = (fixedX >> BITS) - 1;
            int row = (fixedY >> BITS) - 1;
            int x0 = Math.max(column, 0) * channels;
            int x1 = Math.min(column + 1, lastX) * channels;
            int row0 = Math.max(row, 0) * (lastX + 1) * channels;
            int row1 = Math.min(row + 1, lastY) * (lastX + 1) * channels;
            int dx = fixedX & (ONE - 1);
            int dy = fixedY & (ONE - 1);
            if (channels == 3) {
                out[at] = mixed(row0 + x0, row0 + x1, row1 + x0, row1 + x1, dx, dy);
                out[at + 1] = mixed(row0 + x0 + 1, row0 + x1 + 1, row1 + x0 + 1, row1 + x1 + 1, dx, dy);
                out[at + 2] = mixed(row0 + x0 + 2, row0 + x1 + 2, row1 + x0 + 2, row1 + x1 + 2, dx, dy);
            } else {
                for (int k = 0; k < channels; k++) {
                    out[at + k] = mixed(row0 + x0 + k, row0 + x1 + k, row1 + x0 + k, row1 + x1 + k, dx, dy);
                }
            }
            at += channels;
        }
    }

    private byte mixed(int upperLeft, int upperRight, int lowerLeft, int lowerRight, int dx, int dy) {
        int left = in[upperLeft] & 0xFF;
        int upper = (left << BITS) + ((in[upperRight] & 0xFF) - left) * dx;
        left = in[lowerLeft] & 0xFF;
        int lower = (left << BITS) + ((in[lowerRight] & 0xFF) - left) * dx;
        return (byte) ((upper * (ONE - dy) + lower * dy + added) >> (2 * BITS));
    }
}
