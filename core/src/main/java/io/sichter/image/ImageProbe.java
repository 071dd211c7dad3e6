package io.sichter.image;

import io.sichter.image.UnreadableImageException.Reason;
import io.sichter.text.Text;

/** Reads what a file says about its picture, without decoding a pixel. Stateless and safe to use from several threads. */
public final class ImageProbe {
    private final DecodeLimits limits;

    /** A probe that refuses what is larger than the limits. */
    public ImageProbe(DecodeLimits limits) {
        this.limits = limits;
    }

    /**
     * Reads the header. The rest of the file may be damaged or missing.
     *
     * @param bytes the whole file
     * @param name what to call it in messages, usually its path
     * @throws UnreadableImageException if it is empty, no picture, too large, or its header is cut off or senseless
     */
    public ImageHeader probe(byte[] bytes, String name) {
        limits.checkBytes(bytes.length, name);
        ByteView view = new ByteView(bytes, name);
        ImageFormat format = ImageFormat.ofContent(bytes).orElseThrow(() -> notAnImage(bytes, name));
        ImageHeader header =
                switch (format) {
                    case JPEG -> JpegContainer.header(view);
                    case PNG -> PngContainer.header(view);
                    case BMP -> BmpContainer.header(view);
                    case GIF -> GifContainer.header(view);
                    case WEBP -> WebpContainer.header(view);
                    case TIFF -> TiffContainer.header(view);
                };
        limits.checkPixels(header, name);
        return header;
    }

    /** Probes a file and checks that all of its container is there. */
    Container open(byte[] bytes, String name) {
        ImageHeader header = probe(bytes, name);
        ByteView view = new ByteView(bytes, name);
        return switch (header.format()) {
            case JPEG -> JpegContainer.open(view, header);
            case PNG -> PngContainer.open(view, header);
            case BMP -> BmpContainer.open(view, header);
            case GIF -> GifContainer.open(view, header);
            case WEBP -> WebpContainer.open(view, header);
            case TIFF -> TiffContainer.open(view, header);
        };
    }

    private static UnreadableImageException notAnImage(byte[] bytes, String name) {
        StringBuilder start = new StringBuilder();
        for (int i = 0; i < Math.min(8, bytes.length); i++) {
            start.append(String.format(i == 0 ? "%02X" : " %02X", bytes[i]));
        }
        return new UnreadableImageException(Reason.NOT_AN_IMAGE, name, Text.of("image.no_picture", start));
    }
}
