package io.sichter.image;

import io.sichter.text.Text;

/** WebP: chunks of a RIFF file. RFC 9649. */
final class WebpContainer {
    private static final int CHUNKS = 12;

    private WebpContainer() {}

    static ImageHeader header(ByteView file) {
        ByteView view = file.littleEndian();
        if (view.has(CHUNKS, "VP8X")) {
            int width = 1 + view.u16(24) + (view.u8(26) << 16);
            int height = 1 + view.u16(27) + (view.u8(29) << 16);
            boolean alpha = (view.u8(20) & 0x10) != 0;
            return header(width, height, alpha, orientation(view));
        }
        if (view.has(CHUNKS, "VP8L")) {
            if (view.u8(20) != 0x2F) {
                throw view.damaged(Text.of("image.webp.lossless"));
            }
            long packed = view.u32(21);
            boolean alpha = ((packed >> 28) & 1) != 0;
            return header((int) (packed & 0x3FFF) + 1, (int) ((packed >> 14) & 0x3FFF) + 1, alpha, 1);
        }
        view.require(CHUNKS, 4);
        if (!view.has(CHUNKS, "VP8 ")) {
            throw view.damaged(Text.of("image.webp.first_chunk"));
        }
        view.require(20, 10);
        if (!view.has(23, "\u009D\u0001*")) {
            throw view.damaged(Text.of("image.webp.lossy"));
        }
        return header(view.u16(26) & 0x3FFF, view.u16(28) & 0x3FFF, false, 1);
    }

    private static ImageHeader header(int width, int height, boolean alpha, int orientation) {
        return new ImageHeader(ImageFormat.WEBP, width, height, alpha ? 4 : 3, 8, alpha, false, false, orientation);
    }

    private static int orientation(ByteView view) {
        long at = CHUNKS;
        while (at + 8 <= view.length()) {
            long body = at + 8;
            long end = body + view.u32(at + 4);
            if (view.has(at, "EXIF") && end <= view.length()) {
                // Some writers keep the prefix that EXIF has in a JPEG.
                return ExifOrientation.read(view, view.has(body, "Exif\0\0") ? body + 6 : body, end);
            }
            at = end + (end & 1);
        }
        return 1;
    }

    /** Checks that all announced chunks are there. */
    static Container open(ByteView file, ImageHeader header) {
        ByteView view = file.littleEndian();
        long end = 8 + view.u32(4);
        view.require(0, end);
        long at = CHUNKS;
        boolean pixels = false;
        while (at + 8 <= end) {
            long length = view.u32(at + 4);
            if (at + 8 + length > end) {
                throw view.damaged(Text.of("image.webp.chunk", at));
            }
            pixels |= view.has(at, "VP8 ") || view.has(at, "VP8L") || view.has(at, "ANMF");
            at += 8 + length + (length & 1);
        }
        if (!pixels) {
            throw view.damaged(Text.of("image.webp.no_pixels"));
        }
        return new Container(header, view).keep(0, end);
    }
}
