package io.sichter.transform;

import io.sichter.image.Image;
import io.sichter.image.UnreadableImageException;
import io.sichter.tensor.ImageResize;
import io.sichter.text.Text;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Rect;

/** The two operations that several transforms share: cut a box out, resample to a size. */
final class Geometry {
    /** No picture grows beyond this by resizing: 1 x 5000 pixels made 224 high would be 1.1 million wide. */
    static final long MAX_PIXELS = 1L << 26;

    private Geometry() {}

    /** A view of a box that lies within the picture; no pixel is copied. */
    static Image crop(Image image, int top, int left, int height, int width) {
        if (height == image.height() && width == image.width()) {
            return image;
        }
        try (Rect box = new Rect(left, top, width, height)) {
            return Image.of(image.mat().apply(box));
        }
    }

    /**
     * The picture at the given size, antialiased bilinear as in Pillow; itself if it has that size.
     *
     * @throws UnreadableImageException if the result would exceed {@link #MAX_PIXELS}
     */
    static Image resize(Image image, Size size) {
        if (size.height() == image.height() && size.width() == image.width()) {
            return image;
        }
        requireSize(image, size);
        boolean bytes = image.depth() == Image.Depth.UINT8 && image.channels() <= ImageResize.MAX_CHANNELS;
        return bytes ? ImageResize.bilinear(image, size.height(), size.width()) : Resampling.bilinear(image, size);
    }

    /**
     * The picture at the given size, antialiased bicubic as in Pillow; itself if it has that size.
     *
     * @throws UnreadableImageException if the result would exceed {@link #MAX_PIXELS}, or the picture has more than 8 bit
     */
    static Image resizeCubic(Image image, Size size) {
        if (size.height() == image.height() && size.width() == image.width()) {
            return image;
        }
        requireSize(image, size);
        if (image.depth() != Image.Depth.UINT8 || image.channels() > ImageResize.MAX_CHANNELS) {
            throw new UnreadableImageException(
                    UnreadableImageException.Reason.UNSUPPORTED, image.toString(), Text.of("transform.cubic_depth"));
        }
        return ImageResize.bicubic(image, size.height(), size.width());
    }

    /**
     * Refuses a size that no picture should grow to.
     *
     * @throws UnreadableImageException if it exceeds {@link #MAX_PIXELS}
     */
    static void requireSize(Image image, Size size) {
        if ((long) size.height() * size.width() > MAX_PIXELS) {
            throw new UnreadableImageException(
                    UnreadableImageException.Reason.TOO_LARGE,
                    image.height() + "x" + image.width(),
                    Text.of("transform.too_large", size, MAX_PIXELS));
        }
    }

    /** An empty picture of the given size, all values zero, of the other's depth and channels. */
    static Mat zeros(Image like, Size size) {
        Mat mat = new Mat(size.height(), size.width(), like.mat().type());
        org.bytedeco.javacpp.Pointer.memset(mat.data(), 0, mat.total() * mat.elemSize());
        return mat;
    }
}
