package io.sichter.transform;

import io.sichter.image.Image;

/**
 * Looks up the pixels of a result in a source through a {@link Homography} between points (pixel middles at 0.5), as
 * Pillow's {@code Image.transform} does: a point outside the source is filled, within half a pixel of its edge the edge
 * is continued, and bilinear mixing drops the fraction, or rounds where that is asked for.
 *
 * <p>Bytes are mixed in fixed point, within 1 grey level. OpenCV's kernels place a point to 1/32 of a pixel only, which is
 * up to 6 grey levels off, and are not faster.
 *
 * <p>Source: Pillow, {@code src/libImaging/Geometry.c} (perspective_transform, bilinear_filter).
 */
final class Warp {
    private final Homography map;
    private final double[] fill;
    private final boolean rounds;

    private Warp(Homography map, double[] fill, boolean rounds) {
        this.map = map;
        this.fill = fill;
        this.rounds = rounds;
    }

    /**
     * One that drops the fraction of mixed values.
     *
     * @param map from points of the result to points of the source
     * @param fill value of what comes from outside, one per channel
     */
    Warp(Homography map, double[] fill) {
        this(map, fill, false);
    }

    /** One that rounds mixed values to the nearest. */
    static Warp rounding(Homography map, double[] fill) {
        return new Warp(map, fill, true);
    }

    /** The nearest source pixel of each; the result has the source's size. */
    Image nearest(Image image) {
        return sample(image, new Size(image.height(), image.width()), Warp::copyPixel);
    }

    /** The weighted mean of the four source pixels around each; the result has the source's size. */
    Image bilinear(Image image) {
        return bilinear(image, new Size(image.height(), image.width()));
    }

    /** The weighted mean of the four source pixels around each, for a result of any size. */
    Image bilinear(Image image, Size size) {
        boolean bytes = image.depth() == Image.Depth.UINT8 && map.isInFront(size.height(), size.width());
        return bytes ? mixBytes(image, size) : sample(image, size, this::mixPixels);
    }

    /** What comes from inside lies in one piece in each row, for the source is convex and nothing is behind the horizon. */
    private Image mixBytes(Image image, Size size) {
        ByteMixer mixer = new ByteMixer(image, map, rounds);
        int channels = fill.length;
        int width = size.width();
        byte[] outside = Fill.bytes(fill, width);
        byte[] out = Scratch.result(size.height() * width * channels);
        for (int y = 0; y < size.height(); y++) {
            int from = 0;
            while (from < width && !isInside(from, y, image)) {
                from++;
            }
            int to = width;
            while (to > from && !isInside(to - 1, y, image)) {
                to--;
            }
            int row = y * width * channels;
            System.arraycopy(outside, 0, out, row, from * channels);
            System.arraycopy(outside, 0, out, row + to * channels, (width - to) * channels);
            mixer.mix(out, row + from * channels, y, from, to);
        }
        return Scratch.toImage(out, size.height(), width, channels);
    }

    private boolean isInside(int x, int y, Image source) {
        double w = map.w(x + 0.5, y + 0.5);
        double sourceX = map.x(x + 0.5, y + 0.5) / w;
        double sourceY = map.y(x + 0.5, y + 0.5) / w;
        return sourceX >= 0 && sourceX < source.width() && sourceY >= 0 && sourceY < source.height();
    }

    /** Writes one pixel of the result from the source point (x, y), which lies within the picture. */
    private interface Filter {
        void apply(Source in, double x, double y, Pixels out, int target);
    }

    private record Source(Pixels pixels, int height, int width, int channels) {}

    private Image sample(Image image, Size size, Filter filter) {
        int channels = image.channels();
        Source in = new Source(Pixels.of(image), image.height(), image.width(), channels);
        Pixels out = Pixels.allocate(image.depth(), size.height() * size.width() * channels);
        int target = 0;
        for (int y = 0; y < size.height(); y++) {
            for (int x = 0; x < size.width(); x++) {
                double w = map.w(x + 0.5, y + 0.5);
                double sourceX = map.x(x + 0.5, y + 0.5) / w;
                double sourceY = map.y(x + 0.5, y + 0.5) / w;
                if (sourceX >= 0 && sourceX < image.width() && sourceY >= 0 && sourceY < image.height()) {
                    filter.apply(in, sourceX, sourceY, out, target);
                } else {
                    for (int k = 0; k < channels; k++) {
                        out.set(target + k, fill[k]);
                    }
                }
                target += channels;
            }
        }
        return out.toImage(size.height(), size.width(), channels);
    }

    private static void copyPixel(Source in, double x, double y, Pixels out, int target) {
        out.copy(target, in.pixels, (((int) y) * in.width + (int) x) * in.channels, in.channels);
    }

    private void mixPixels(Source in, double px, double py, Pixels out, int target) {
        int x = (int) Math.floor(px - 0.5);
        int y = (int) Math.floor(py - 0.5);
        double dx = px - 0.5 - x;
        double dy = py - 0.5 - y;
        int x0 = Math.max(x, 0) * in.channels;
        int x1 = Math.min(x + 1, in.width - 1) * in.channels;
        int row0 = Math.max(y, 0) * in.width * in.channels;
        int row1 = Math.min(y + 1, in.height - 1) * in.width * in.channels;
        Pixels p = in.pixels;
        double added = rounds ? out.rounding() : 0;
        for (int k = 0; k < in.channels; k++) {
            double upper = mix(p.get(row0 + x0 + k), p.get(row0 + x1 + k), dx);
            double lower = mix(p.get(row1 + x0 + k), p.get(row1 + x1 + k), dx);
            out.set(target + k, mix(upper, lower, dy) + added);
        }
    }

    private static double mix(double from, double to, double share) {
        return from + (to - from) * share;
    }
}
