package io.sichter.report;

import io.sichter.image.Image;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Size;

/**
 * Between the pixels of Java2D and those of OpenCV, which encodes several times as fast as Java does. Both keep them as
 * bytes in the order blue, green, red.
 */
final class Bitmap {
    private static final int PNG_LEVEL = 3; // of zlib: large plain areas become no smaller by more
    private static final int JPEG_QUALITY = 90;

    private Bitmap() {}

    /** A black picture to paint on. */
    static BufferedImage blank(int width, int height) {
        return new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
    }

    /** A picture of at most so many pixels on its longer side: a larger one is averaged down. */
    static BufferedImage of(Image image, int longest) {
        try (PointerScope scope = new PointerScope()) {
            Mat bgr = bgr(image);
            double scale = longest / (double) Math.max(image.width(), image.height());
            if (scale >= 1) {
                return of(bgr);
            }
            Mat smaller = new Mat();
            Size size = new Size(side(image.width() * scale), side(image.height() * scale));
            opencv_imgproc.resize(bgr, smaller, size, 0, 0, opencv_imgproc.INTER_AREA);
            return of(smaller);
        }
    }

    /** Colour as it is; of other pictures the first channel, as grey. */
    private static Mat bgr(Image image) {
        Mat bgr = new Mat();
        if (image.channels() == 3) {
            opencv_imgproc.cvtColor(image.mat(), bgr, opencv_imgproc.COLOR_RGB2BGR);
        } else {
            Mat first = new Mat();
            opencv_core.extractChannel(image.mat(), first, 0);
            opencv_imgproc.cvtColor(first, bgr, opencv_imgproc.COLOR_GRAY2BGR);
        }
        return bgr;
    }

    private static int side(double pixels) {
        return Math.max(1, (int) Math.round(pixels));
    }

    private static BufferedImage of(Mat bgr) {
        BufferedImage picture = blank(bgr.cols(), bgr.rows());
        try (BytePointer data = bgr.data()) {
            data.get(bytes(picture));
        }
        return picture;
    }

    /** A PNG file. */
    static byte[] png(BufferedImage picture) {
        return encode(".png", picture, opencv_imgcodecs.IMWRITE_PNG_COMPRESSION, PNG_LEVEL);
    }

    /** A JPEG file. */
    static byte[] jpeg(BufferedImage picture) {
        return encode(".jpg", picture, opencv_imgcodecs.IMWRITE_JPEG_QUALITY, JPEG_QUALITY);
    }

    private static byte[] encode(String format, BufferedImage picture, int parameter, int value) {
        try (PointerScope scope = new PointerScope()) {
            Mat pixels = new Mat(
                    picture.getHeight(), picture.getWidth(), opencv_core.CV_8UC3, new BytePointer(bytes(picture)));
            BytePointer encoded = new BytePointer();
            if (!opencv_imgcodecs.imencode(format, pixels, encoded, new IntPointer(parameter, value))) {
                throw new IllegalStateException("OpenCV cannot encode a picture as " + format);
            }
            byte[] file = new byte[Math.toIntExact(encoded.limit())];
            encoded.get(file);
            return file;
        }
    }

    private static byte[] bytes(BufferedImage picture) {
        return ((DataBufferByte) picture.getRaster().getDataBuffer()).getData();
    }
}
