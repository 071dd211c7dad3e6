package io.sichter.transform;

import io.sichter.image.Image;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.ByteOrder;

/**
 * An affine map from the points of the result to those of the source, applied as Pillow does: pixel middles lie at 0.5,
 * nearest neighbour in 16.16 fixed point, bilinear as {@link Warp} says.
 *
 * <p>Source: Pillow, {@code Image.rotate} and {@code src/libImaging/Geometry.c} (affine_fixed, ImagingScaleAffine).
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

    private static final VarHandle FOUR_BYTES =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.nativeOrder());

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

    /** The picture seen through this map; the given one where nothing moves. */
    Image apply(Image image, Interpolation interpolation, double[] fill) {
        if (isIdentity()) {
            return image;
        }
        return interpolation == Interpolation.NEAREST
                ? nearest(image, fill)
                : warp(fill).bilinear(image);
    }

    /** The nearest source pixel of each. */
    Image nearest(Image image, double[] fill) {
        boolean upright = b == 0 && d == 0; // Pillow then computes in double precision
        if (upright || !fitsFixedPoint(image)) {
            return warp(fill).nearest(image);
        }
        return image.depth() == Image.Depth.UINT8 ? nearestBytes(image, fill) : nearestFixed(image, fill);
    }

    private Warp warp(double[] fill) {
        return new Warp(Homography.affine(a, b, c, d, e, f), fill);
    }

    private Image nearestFixed(Image image, double[] fill) {
        int channels = image.channels();
        Pixels in = Pixels.of(image);
        Pixels out = Pixels.allocate(image.depth(), image.height() * image.width() * channels);
        Walk walk = new Walk(image);
        int target = 0;
        for (int y = 0; y < image.height(); y++) {
            walk.row(y);
            for (int x = 0; x < image.width(); x++) {
                if (walk.isInside(x)) {
                    out.copy(target, in, walk.pixel(x) * channels, channels);
                } else {
                    for (int k = 0; k < channels; k++) {
                        out.set(target + k, fill[k]);
                    }
                }
                target += channels;
            }
        }
        return out.toImage(image.height(), image.width(), channels);
    }

    /** The same for bytes: what comes from inside lies in one piece in each row, which is copied without questions. */
    private Image nearestBytes(Image image, double[] fill) {
        int channels = image.channels();
        int width = image.width();
        byte[] in = Scratch.load(image);
        byte[] out = Scratch.result(image.height() * width * channels);
        byte[] outside = Fill.bytes(fill, width);
        Walk walk = new Walk(image);
        for (int y = 0; y < image.height(); y++) {
            walk.row(y);
            int from = 0;
            while (from < width && !walk.isInside(from)) {
                from++;
            }
            int to = width;
            while (to > from && !walk.isInside(to - 1)) {
                to--;
            }
            int row = y * width * channels;
            System.arraycopy(outside, 0, out, row, from * channels);
            System.arraycopy(outside, 0, out, row + to * channels, (width - to) * channels);
            if (channels == 3) {
                walk.copyColour(in, out, row, from, to);
            } else {
                walk.copy(in, out, row, from, to, channels);
            }
        }
        return Scratch.toImage(out, image.height(), width, channels);
    }

    /** Source positions along a row of the result, in 16.16 fixed point. */
    private final class Walk {
        private final int height;
        private final int width;
        private final int stepX = fixed(a);
        private final int stepY = fixed(d);
        private int startX;
        private int startY;

        Walk(Image image) {
            height = image.height();
            width = image.width();
        }

        void row(int y) {
            startX = fixed(c + a * 0.5 + b * 0.5) + y * fixed(b);
            startY = fixed(f + d * 0.5 + e * 0.5) + y * fixed(e);
        }

        boolean isInside(int x) {
            int sourceX = (startX + x * stepX) >> 16;
            int sourceY = (startY + x * stepY) >> 16;
            return sourceX >= 0 && sourceX < width && sourceY >= 0 && sourceY < height;
        }

        int pixel(int x) {
            return ((startY + x * stepY) >> 16) * width + ((startX + x * stepX) >> 16);
        }

        /** Copies four bytes at once: the fourth is overwritten by the next pixel, so the last ones go one by one. */
        void copyColour(byte[] in, byte[] out, int row, int from, int to) {
            int xx = startX + from * stepX;
            int yy = startY + from * stepY;
            int target = row + from * 3;
            int last = in.length - Integer.BYTES;
            for (int x = from; x < to; x++) {
                int source = ((yy >> 16) * width + (xx >> 16)) * 3;
                if (source <= last && x < to - 1) {
                    FOUR_BYTES.set(out, target, (int) FOUR_BYTES.get(in, source));
                } else {
                    System.arraycopy(in, source, out, target, 3);
                }
                target += 3;
                xx += stepX;
                yy += stepY;
            }
        }

        void copy(byte[] in, byte[] out, int row, int from, int to, int channels) {
            int target = row + from * channels;
            for (int x = from; x < to; x++) {
                int source = pixel(x) * channels;
                for (int k = 0; k < channels; k++) {
                    out[target++] = in[source + k];
                }
            }
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
