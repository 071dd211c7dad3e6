package io.sichter.transform;

import io.sichter.image.Image;
import java.util.List;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Rect;
import org.bytedeco.opencv.opencv_core.Scalar;

/**
 * Pixels that are added around a picture.
 *
 * @param left columns, at least 0, like the others
 * @param top rows
 * @param right columns
 * @param bottom rows
 */
public record Padding(int left, int top, int right, int bottom) {
    /** No pixel. */
    public static final Padding NONE = new Padding(0, 0, 0, 0);

    /** Where the values of added pixels come from. */
    public enum Mode {
        /** A fill value. */
        CONSTANT(opencv_core.BORDER_CONSTANT),
        /** The outermost pixel, repeated. */
        EDGE(opencv_core.BORDER_REPLICATE),
        /** Reflection at the middle of the outermost pixel, which is not repeated. */
        REFLECT(opencv_core.BORDER_REFLECT_101),
        /** Reflection at the edge: the outermost pixel is repeated. */
        SYMMETRIC(opencv_core.BORDER_REFLECT);

        private final int code;

        Mode(int code) {
            this.code = code;
        }
    }

    /** Checks that nothing is cut off. */
    public Padding {
        if (left < 0 || top < 0 || right < 0 || bottom < 0) {
            throw new IllegalArgumentException(
                    "Padding adds pixels: " + left + ", " + top + ", " + right + ", " + bottom);
        }
    }

    /** The same on all sides. */
    public static Padding all(int pixels) {
        return new Padding(pixels, pixels, pixels, pixels);
    }

    /** What a picture of this size becomes. */
    Size around(Size size) {
        return new Size(size.height() + top + bottom, size.width() + left + right);
    }

    /** As much more at both ends of an axis as a side that must be reached still lacks. */
    Padding upTo(Size wanted, Size size) {
        Size padded = around(size);
        int rows = Math.max(0, wanted.height() - padded.height());
        int columns = Math.max(0, wanted.width() - padded.width());
        return new Padding(left + columns, top + rows, right + columns, bottom + rows);
    }

    /** A picture with these pixels around it, or itself if there are none. */
    Image apply(Image image, List<Double> fill, Mode mode) {
        if (equals(NONE)) {
            return image;
        }
        Size size = around(new Size(image.height(), image.width()));
        Geometry.requireSize(image, size);
        return mode == Mode.CONSTANT ? filled(image, size, Fill.of(fill, image)) : continued(image, mode);
    }

    private Image continued(Image image, Mode mode) {
        Mat target = new Mat();
        try (Scalar unused = new Scalar()) {
            // isolated: what surrounds a view in its memory is not part of the picture
            int isolated = mode.code | opencv_core.BORDER_ISOLATED;
            opencv_core.copyMakeBorder(image.mat(), target, top, bottom, left, right, isolated, unused);
        }
        return Image.of(target);
    }

    /** OpenCV fills at most four channels, so the added pixels are written here. */
    private Image filled(Image image, Size size, double[] fill) {
        Pixels pixels = Pixels.allocate(image.depth(), size.height() * size.width() * fill.length);
        for (int i = 0; i < pixels.length(); i++) {
            pixels.set(i, fill[i % fill.length]);
        }
        Image padded = pixels.toImage(size.height(), size.width(), fill.length);
        try (Rect box = new Rect(left, top, image.width(), image.height());
                Mat inside = padded.mat().apply(box)) {
            image.mat().copyTo(inside);
        }
        return padded;
    }
}
