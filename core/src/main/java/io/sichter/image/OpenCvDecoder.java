package io.sichter.image;

import io.sichter.image.UnreadableImageException.Reason;
import io.sichter.text.Text;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.jspecify.annotations.Nullable;

/**
 * Photos to upright 8-bit RGB, with OpenCV. Stateless; one decoder serves all threads.
 *
 * <table>
 * <caption>What becomes of each kind of picture</caption>
 * <tr><th>stored as</th><th>becomes</th></tr>
 * <tr><td>grey, bilevel</td><td>three equal channels</td></tr>
 * <tr><td>palette</td><td>the colours of the table</td></tr>
 * <tr><td>alpha channel, transparent colour</td><td>dropped; the colours stay as stored, nothing is blended (Pillow's
 *     {@code convert("RGB")}, and so torchvision's ImageFolder)</td></tr>
 * <tr><td>16 bits per channel</td><td>PNG: the high byte; TIFF: v / 257, rounded (libtiff); never more than 1 apart</td></tr>
 * <tr><td>10, 12, 14 bits (TIFF)</td><td>the 8 highest bits</td></tr>
 * <tr><td>CMYK, YCCK (JPEG, inverted as Adobe does it; TIFF)</td><td>R = (255 - C)(255 - K) / 255, and so on; no colour
 *     profile is applied</td></tr>
 * <tr><td>colour profiles, gamma</td><td>ignored, valid or not</td></tr>
 * <tr><td>EXIF orientation (JPEG, PNG, WebP), orientation tag (TIFF)</td><td>applied, once</td></tr>
 * <tr><td>several frames or pages</td><td>the first; the file must still be complete</td></tr>
 * <tr><td>anything else</td><td>{@link Reason#UNSUPPORTED} with what it is</td></tr>
 * </table>
 *
 * <p>What a file is, its content says, not its name. Before a pixel is decoded the container is walked: the limits are
 * checked, and that everything announced is there (end marks, chunk checksums, strips within the file). OpenCV is then
 * handed only what pixels need, so that nothing else can disturb it. JPEG has no checksum: a picture whose last pixel is
 * the grey that libjpeg fills missing rows with is walked as {@link #check} does it.
 */
public final class OpenCvDecoder implements ImageDecoder {
    static {
        // Pictures are decoded in parallel already; OpenCV's own threads would only get in each other's way.
        opencv_core.setNumThreads(1);
    }

    private static final int COLOUR = opencv_imgcodecs.IMREAD_COLOR_RGB | opencv_imgcodecs.IMREAD_IGNORE_ORIENTATION;
    // OpenCV 4.13 leaves 16-bit TIFF pixels unset when asked for RGB order.
    private static final int DEEP_BGR = opencv_imgcodecs.IMREAD_COLOR_BGR
            | opencv_imgcodecs.IMREAD_ANYDEPTH
            | opencv_imgcodecs.IMREAD_IGNORE_ORIENTATION;
    private static final int FILL_GREY = 128;

    private final ImageProbe probe;

    /** A decoder that reads nothing larger than the limits. */
    public OpenCvDecoder(DecodeLimits limits) {
        this.probe = new ImageProbe(limits);
    }

    /** {@inheritDoc} */
    @Override
    public Image decode(byte[] bytes, String name) {
        Container container = probe.open(bytes, name);
        Mat upright;
        try (PointerScope scope = new PointerScope()) {
            Mat pixels = decodeNative(container, name);
            if (container.header().format() == ImageFormat.JPEG && mayBeFilled(container.header(), pixels)) {
                JpegEntropy.check(bytes, name);
            }
            upright = Orientation.apply(pixels, container.header().orientation());
            scope.detach(upright.retainReference()); // outlives the scope; all else is released with it
        }
        return Image.of(handOver(upright));
    }

    /** Gives a matrix to the caller's scope where there is one, which then releases it. */
    private static Mat handOver(Mat mat) {
        PointerScope outer = PointerScope.getInnerScope();
        if (outer != null) {
            outer.attach(mat);
            mat.releaseReference();
        }
        return mat;
    }

    /**
     * Checks more thoroughly than {@link #decode} that a file is a whole picture, without returning it: the coded data
     * of a JPEG is walked, which finds damage that still gives a picture. Ordinary JPEGs need no pixels for that, so
     * that checking them takes about half the time of decoding; everything else is decoded.
     *
     * @throws UnreadableImageException for every file that {@link #decode} throws it for, and for a JPEG with a damaged
     *     stream
     */
    @Override
    public void check(byte[] bytes, String name) {
        Container container = probe.open(bytes, name);
        boolean enough = container.header().format() == ImageFormat.JPEG && JpegEntropy.check(bytes, name);
        if (!enough) {
            decode(bytes, name).close();
        }
    }

    private static Mat decodeNative(Container container, String name) {
        ImageHeader header = container.header();
        byte[] payload = container.payload();
        boolean deep = TiffContainer.isUnpacked(header);
        Mat pixels;
        try {
            Mat encoded = new Mat(1, payload.length, opencv_core.CV_8U, new BytePointer(payload));
            pixels = opencv_imgcodecs.imdecode(encoded, deep ? DEEP_BGR : COLOUR);
        } catch (RuntimeException e) { // OpenCV's errors have no type of their own
            throw damaged(name, Text.of("image.decoder_failed"), e);
        }
        if (pixels.empty()) {
            throw damaged(name, Text.of("image.not_decoded", header.format()), null);
        }
        if (pixels.rows() != header.height() || pixels.cols() != header.width()) {
            throw damaged(
                    name,
                    Text.of("image.other_size", header.width(), header.height(), pixels.cols(), pixels.rows()),
                    null);
        }
        return deep ? highBytes(pixels) : pixels;
    }

    /**
     * Whether the last pixel has the brightness that libjpeg gives to what it has no data for. One picture in a hundred
     * has by chance; CMYK, where inks hide the brightness, always counts.
     */
    private static boolean mayBeFilled(ImageHeader header, Mat pixels) {
        if (header.cmyk()) {
            return true;
        }
        try (BytePointer pixel = pixels.ptr(header.height() - 1, header.width() - 1)) {
            int red = pixel.get(0) & 0xFF;
            int green = pixel.get(1) & 0xFF;
            int blue = pixel.get(2) & 0xFF;
            return Math.abs(299 * red + 587 * green + 114 * blue - 1000 * FILL_GREY) <= 2000;
        }
    }

    /** 16-bit BGR to 8-bit RGB by the high byte; fewer bits were moved up by OpenCV. */
    private static Mat highBytes(Mat deep) {
        Mat bytes = new Mat();
        // Rounding to the nearest of (v - 127.5) / 256 is the floor of v / 256 for every v.
        deep.convertTo(bytes, opencv_core.CV_8U, 1 / 256.0, -127.5 / 256);
        Mat rgb = new Mat();
        opencv_imgproc.cvtColor(bytes, rgb, opencv_imgproc.COLOR_BGR2RGB);
        return rgb;
    }

    private static UnreadableImageException damaged(String name, Text detail, @Nullable Throwable cause) {
        UnreadableImageException exception =
                new UnreadableImageException(Reason.DAMAGED, name, Text.of("image.damaged", detail));
        if (cause != null) {
            exception.initCause(cause);
        }
        return exception;
    }
}
