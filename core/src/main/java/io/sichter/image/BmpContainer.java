package io.sichter.image;

import io.sichter.text.Text;

/** BMP with a header of 40 bytes or more, or the old one of 12 bytes. */
final class BmpContainer {
    private static final int OLD_HEADER = 12;
    private static final int PLAIN = 0;
    private static final int RLE8 = 1;
    private static final int RLE4 = 2;
    private static final int BIT_FIELDS = 3;
    private static final int ALPHA_BIT_FIELDS = 6;

    private BmpContainer() {}

    static ImageHeader header(ByteView file) {
        ByteView view = file.littleEndian();
        view.require(0, 26);
        boolean old = view.u32(14) == OLD_HEADER;
        int width = old ? view.u16(18) : (int) view.u32(18);
        int height = old ? view.u16(20) : (int) view.u32(22);
        int bits = view.u16(old ? 24 : 28);
        boolean palette = bits <= 8;
        int channels = palette ? 1 : bits == 32 ? 4 : 3;
        int channelBits = palette ? bits : bits == 16 ? 5 : 8;
        // A negative height says that the rows are stored from the top down; -2^31 stays negative and is refused.
        return new ImageHeader(
                ImageFormat.BMP, width, Math.abs(height), channels, channelBits, bits == 32, palette, false, 1);
    }

    /** Checks that the variant is known and that all rows are there. */
    static Container open(ByteView file, ImageHeader header) {
        ByteView view = file.littleEndian();
        boolean old = view.u32(14) == OLD_HEADER;
        long compression = old ? PLAIN : view.u32(30);
        int bits = view.u16(old ? 24 : 28);
        long pixelsAt = view.u32(10);
        boolean packed = (compression == RLE8 && bits == 8) || (compression == RLE4 && bits == 4);
        boolean masks = (compression == BIT_FIELDS || compression == ALPHA_BIT_FIELDS) && (bits == 16 || bits == 32);
        boolean plain =
                compression == PLAIN && (bits == 1 || bits == 4 || bits == 8 || bits == 16 || bits == 24 || bits == 32);
        if (!packed && !masks && !plain) {
            throw view.unsupported(Text.of("image.bmp.variant", bits, compression));
        }
        if (packed) {
            checkRuns(view, pixelsAt);
        } else {
            long rowBytes = ((long) header.width() * bits + 31) / 32 * 4;
            view.require(pixelsAt, rowBytes * header.height());
        }
        return new Container(header, view).keep(0, view.length());
    }

    /** Walks the runs to the mark that ends the bitmap. */
    private static void checkRuns(ByteView view, long pixelsAt) {
        boolean bytePerPixel = view.u32(30) == RLE8;
        long at = pixelsAt;
        while (true) {
            int count = view.u8(at);
            int value = view.u8(at + 1);
            at += 2;
            if (count == 0 && value == 1) {
                return;
            }
            if (count == 0 && value == 2) {
                at += 2;
            } else if (count == 0 && value > 2) {
                int literal = bytePerPixel ? value : (value + 1) / 2;
                at += literal + (literal & 1);
            }
        }
    }
}
