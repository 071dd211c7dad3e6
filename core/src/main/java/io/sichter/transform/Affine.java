package io.sichter.transform;

import io.sichter.image.Image;
import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * An affine map from the pixels of the result to those of the source, applied as Pillow does: pixel centres lie at 0.5,
 * nearest neighbour in 16.16 fixed point, bilinear in double precision with the fraction of the result dropped.
 *
 * <p>Source: Pillow, {@code Image.rotate} and {@code src/libImaging/Geometry.c} (affine_fixed, bilinear_filter).
 *
 * @param a source x per result x
 * @param b source x per result y
 * @param c source x of the result's origin
 * @param d source y per result x
 * @param e source y per result y
 * @param f source y of the result's origin
 */
record Affine(double a, double b, double c, double d, double e, double f) {
    /** Fixed point carries 15 bits before the point. */
    private static final double FIXED_LIMIT = 32768;

    /** Rotation of a picture about its middle, anticlockwise. */
    static Affine rotation(double degrees, int height, int width) {
        double positive = ((degrees % 360) + 360) % 360;
        double angle = -Math.toRadians(positive);
        double cos = round15(Math.cos(angle));
        double sin = round15(Math.sin(angle));
        double x = width / 2.0;
        double y = height / 2.0;
        return new Affine(cos, sin, cos * -x + sin * -y + x, -sin, cos, -sin * -x + cos * -y + y);
    }

    /** Whether nothing moves. */
    boolean isIdentity() {
        return a == 1 && b == 0 && d == 0 && e == 1 && c == 0 && f == 0;
    }

    /** The nearest source pixel of each. */
    Image nearest(Image image, double[] fill) {
        if (!fitsFixedPoint(image)) {
            return sample(image, fill, Affine::copyPixel);
        }
        int channels = image.channels();
        Pixels in = Pixels.of(image);
        Pixels out = Pixels.allocate(image.depth(), image.height() * image.width() * channels);
        int stepX = fixed(a);
        int stepY = fixed(d);
        int rowX = fixed(c + a * 0.5 + b * 0.5);
        int rowY = fixed(f + d * 0.5 + e * 0.5);
        int target = 0;
        for (int y = 0; y < image.height(); y++) {
            int xx = rowX;
            int yy = rowY;
            for (int x = 0; x < image.width(); x++) {
                int sourceX = xx >> 16;
                int sourceY = yy >> 16;
                if (sourceX >= 0 && sourceX < image.width() && sourceY >= 0 && sourceY < image.height()) {
                    out.copy(target, in, (sourceY * image.width() + sourceX) * channels, channels);
                } else {
                    fill(out, target, fill);
                }
                target += channels;
                xx += stepX;
                yy += stepY;
            }
            rowX += fixed(b);
            rowY += fixed(e);
        }
        return out.toImage(image.height(), image.width(), channels);
    }

    /** The weighted mean of the four source pixels around each. */
    Image bilinear(Image image, double[] fill) {
        return sample(image, fill, Affine::mixPixels);
    }

    /** Writes one pixel of the result from the source point (x, y), which lies within the picture. */
    private interface Filter {
        void apply(Source in, double x, double y, Pixels out, int target);
    }

    private record Source(Pixels pixels, int height, int width, int channels) {}

    private Image sample(Image image, double[] fill, Filter filter) {
        int channels = image.channels();
        Source in = new Source(Pixels.of(image), image.height(), image.width(), channels);
        Pixels out = Pixels.allocate(image.depth(), image.height() * image.width() * channels);
        int target = 0;
        for (int y = 0; y < image.height(); y++) {
            for (int x = 0; x < image.width(); x++) {
                double sourceX = a * (x + 0.5) + b * (y + 0.5) + c;
                double sourceY = d * (x + 0.5) + e * (y + 0.5) + f;
                if (sourceX >= 0 && sourceX < image.width() && sourceY >= 0 && sourceY < image.height()) {
                    filter.apply(in, sourceX, sourceY, out, target);
                } else {
                    fill(out, target, fill);
                }
                target += channels;
            }
        }
        return out.toImage(image.height(), image.width(), channels);
    }

    private static void copyPixel(Source in, double x, double y, Pixels out, int target) {
        out.copy(target, in.pixels, (((int) y) * in.width + (int) x) * in.channels, in.channels);
    }

    private static void mixPixels(Source in, double px, double py, Pixels out, int target) {
        int x = (int) Math.floor(px - 0.5);
        int y = (int) Math.floor(py - 0.5);
        double dx = px - 0.5 - x;
        double dy = py - 0.5 - y;
        int x0 = Math.max(x, 0) * in.channels;
        int x1 = Math.min(x + 1, in.width - 1) * in.channels;
        int row0 = Math.max(y, 0) * in.width * in.channels;
        int row1 = Math.min(y + 1, in.height - 1) * in.width * in.channels;
        Pixels p = in.pixels;
        for (int k = 0; k < in.channels; k++) {
            double upper = mix(p.get(row0 + x0 + k), p.get(row0 + x1 + k), dx);
            double lower = mix(p.get(row1 + x0 + k), p.get(row1 + x1 + k), dx);
            out.set(target + k, mix(upper, lower, dy));
        }
    }

    private static double mix(double from, double to, double share) {
        return from + (to - from) * share;
    }

    private static void fill(Pixels out, int target, double[] fill) {
        for (int k = 0; k < fill.length; k++) {
            out.set(target + k, fill[k]);
        }
    }

    private boolean fitsFixedPoint(Image image) {
        return fits(0, 0) && fits(image.width(), 0) && fits(0, image.height()) && fits(image.width(), image.height());
    }

    private boolean fits(int x, int y) {
        return Math.abs(x * a + y * b + c) < FIXED_LIMIT && Math.abs(x * d + y * e + f) < FIXED_LIMIT;
    }

    private static int fixed(double value) {
        return (int) Math.floor(value * 65536 + 0.5);
    }

    private static double round15(double value) {
        return new BigDecimal(value).setScale(15, RoundingMode.HALF_EVEN).doubleValue();
    }
}
