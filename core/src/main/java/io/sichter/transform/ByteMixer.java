package io.sichter.transform;

import io.sichter.image.Image;

/**
 * Bilinear lookups in an 8-bit picture. Places are computed in double precision and kept in steps of 1/2048 pixel; a mean
 * is less than 0.3 grey levels off before its fraction goes.
 *
 * <p>Three channels of a pixel lie in three lanes of 21 bits of one long, so that one multiplication weighs all of them. The
 * edge is repeated once around the picture, so that no lookup has to ask whether it is at the edge. Places are computed for
 * a whole row first: two short loops are faster than one long one. Together a third of the time of the plain way.
 */
final class ByteMixer {
    private static final int BITS = 11;
    private static final int ONE = 1 << BITS;

    /** Channels in one long. */
    private static final int LANES = 3;

    private static final int LANE = 21;

    /** One in each lane. */
    private static final long EACH = 1 | 1L << LANE | 1L << (2 * LANE);

    /** Between the two directions a value keeps 3 bits of its fraction, and the vertical shares have 10 bits. */
    private static final int BETWEEN = BITS - 3;

    private static final int DOWN = BITS - 1;
    private static final long KEPT = EACH * ((1 << (8 + 3)) - 1);
    private static final long HALF = EACH << (BETWEEN - 1);
    private static final int FRACTION = 3 + DOWN;

    /** Packed pixels of the picture at hand: as large as that of the one before in nearly every case. */
    private static final ThreadLocal<long[]> SCRATCH = ThreadLocal.withInitial(() -> new long[0]);

    private final Homography map;
    private final int channels;
    private final int groups;
    private final int height;
    private final int width;
    private final int rowLength;
    private final long added;
    private final long[] packed;
    private int[] placesX = new int[0];
    private int[] placesY = new int[0];

    /**
     * Makes one; it is used up before the next is made on the same thread.
     *
     * @param map from points of the result to points of the picture
     * @param rounds whether to round instead of dropping the fraction
     */
    ByteMixer(Image image, Homography map, boolean rounds) {
        this.map = map;
        this.channels = image.channels();
        this.groups = (channels + LANES - 1) / LANES;
        this.height = image.height();
        this.width = image.width();
        this.rowLength = (width + 2) * groups;
        this.added = rounds ? EACH << (FRACTION - 1) : 0;
        this.packed = pack(Scratch.load(image));
    }

    private long[] pack(byte[] in) {
        int length = rowLength * (height + 2);
        long[] lanes = SCRATCH.get();
        if (lanes.length < length) {
            lanes = new long[length];
            SCRATCH.set(lanes);
        }
        for (int y = 0; y < height; y++) {
            int row = (y + 1) * rowLength;
            if (channels == LANES) {
                packColour(in, y * width * LANES, lanes, row + 1);
            } else {
                packAny(in, y * width * channels, lanes, row + groups);
            }
            System.arraycopy(lanes, row + groups, lanes, row, groups);
            System.arraycopy(lanes, row + width * groups, lanes, row + (width + 1) * groups, groups);
        }
        System.arraycopy(lanes, rowLength, lanes, 0, rowLength);
        System.arraycopy(lanes, height * rowLength, lanes, (height + 1) * rowLength, rowLength);
        return lanes;
    }

    private void packColour(byte[] in, int from, long[] lanes, int to) {
        for (int x = 0; x < width; x++) {
            int at = from + x * LANES;
            lanes[to + x] = (in[at] & 0xFFL) | (in[at + 1] & 0xFFL) << LANE | (in[at + 2] & 0xFFL) << (2 * LANE);
        }
    }

    private void packAny(byte[] in, int from, long[] lanes, int to) {
        java.util.Arrays.fill(lanes, to, to + width * groups, 0);
        for (int i = 0; i < width * channels; i++) {
            int channel = i % channels;
            lanes[to + i / channels * groups + channel / LANES] |= (in[from + i] & 0xFFL) << (channel % LANES * LANE);
        }
    }

    /** Writes the pixels {@code from} to {@code to} (not included) of row y, all of which lie within the picture. */
    void mix(byte[] out, int target, int y, int from, int to) {
        int count = to - from;
        if (placesX.length < count) {
            placesX = new int[count];
            placesY = new int[count];
        }
        place(y, from, count);
        if (channels == LANES) {
            mixColour(out, target, count);
        } else {
            mixAny(out, target, count);
        }
    }

    /** Places of a row in fixed point: half a pixel back for the middle, a whole one ahead for the repeated edge. */
    private void place(int y, int from, int count) {
        double stepX = map.x(1, 0) - map.x(0, 0);
        double stepY = map.y(1, 0) - map.y(0, 0);
        double stepW = map.w(1, 0) - map.w(0, 0);
        double startX = map.x(from + 0.5, y + 0.5);
        double startY = map.y(from + 0.5, y + 0.5);
        double startW = map.w(from + 0.5, y + 0.5);
        for (int i = 0; i < count; i++) {
            double scale = ONE / (startW + i * stepW);
            placesX[i] = (int) ((startX + i * stepX) * scale + ONE / 2);
            placesY[i] = (int) ((startY + i * stepY) * scale + ONE / 2);
        }
    }

    private void mixColour(byte[] out, int target, int count) {
        int at = target;
        for (int i = 0; i < count; i++) {
            int x = placesX[i];
            int y = placesY[i];
            long mean = mean((y >> BITS) * rowLength + (x >> BITS), x & (ONE - 1), (y & (ONE - 1)) >> 1);
            out[at] = (byte) (mean >> FRACTION);
            out[at + 1] = (byte) (mean >> (LANE + FRACTION));
            out[at + 2] = (byte) (mean >> (2 * LANE + FRACTION));
            at += LANES;
        }
    }

    private void mixAny(byte[] out, int target, int count) {
        int at = target;
        for (int i = 0; i < count; i++) {
            int x = placesX[i];
            int y = placesY[i];
            int first = (y >> BITS) * rowLength + (x >> BITS) * groups;
            for (int k = 0; k < channels; k++) {
                long mean = mean(first + k / LANES, x & (ONE - 1), (y & (ONE - 1)) >> 1);
                out[at++] = (byte) (mean >> (k % LANES * LANE + FRACTION));
            }
        }
    }

    /** In each lane the weighted mean with 13 bits of fraction; a lane never reaches into the next, for none is negative. */
    private long mean(int upperLeft, int dx, int dy) {
        long left = packed[upperLeft];
        long upper = (left << BITS) + (packed[upperLeft + groups] - left) * dx + HALF;
        left = packed[upperLeft + rowLength];
        long lower = (left << BITS) + (packed[upperLeft + rowLength + groups] - left) * dx + HALF;
        upper = (upper >> BETWEEN) & KEPT;
        lower = (lower >> BETWEEN) & KEPT;
        return (upper << DOWN) + (lower - upper) * dy + added;
    }
}
