package io.sichter.image;

import io.sichter.text.Text;
import java.util.zip.CRC32;

/** PNG: chunks with checksums, walked to the end. PNG specification, third edition, W3C 2025. */
final class PngContainer {
    private static final int SIGNATURE = 8;
    private static final int HEADER_END = 33;

    private PngContainer() {}

    static ImageHeader header(ByteView view) {
        if (!view.has(12, "IHDR")) {
            view.require(0, HEADER_END);
            throw view.damaged(Text.of("image.png.no_header"));
        }
        view.require(0, HEADER_END);
        boolean alpha = false;
        int orientation = 1;
        int colour = view.u8(25);
        long at = SIGNATURE;
        while (at + 8 <= view.length() && !view.has(at + 4, "IEND")) {
            long body = at + 8;
            long end = body + view.u32(at);
            alpha |= view.has(at + 4, "tRNS");
            if (view.has(at + 4, "eXIf") && end <= view.length()) {
                orientation = ExifOrientation.read(view, body, end);
            }
            at = end + 4;
        }
        int channels =
                switch (colour) {
                    case 0, 3 -> 1;
                    case 2 -> 3;
                    case 4 -> 2;
                    case 6 -> 4;
                    default -> throw view.damaged(Text.of("image.png.colour", colour));
                };
        int bits = view.u8(24);
        if (!isAllowed(colour, bits) || view.u8(26) != 0 || view.u8(27) != 0 || view.u8(28) > 1) {
            throw view.damaged(Text.of("image.png.header", bits, colour));
        }
        return new ImageHeader(
                ImageFormat.PNG,
                side(view, 16),
                side(view, 20),
                channels,
                bits,
                alpha || colour >= 4,
                colour == 3,
                false,
                orientation);
    }

    private static boolean isAllowed(int colour, int bits) {
        return switch (colour) {
            case 0 -> bits == 1 || bits == 2 || bits == 4 || bits == 8 || bits == 16;
            case 3 -> bits == 1 || bits == 2 || bits == 4 || bits == 8;
            default -> bits == 8 || bits == 16;
        };
    }

    private static int side(ByteView view, int at) {
        return (int) Math.min(view.u32(at), Integer.MAX_VALUE);
    }

    /** Checks every chunk that the pixels need, up to the end mark. */
    static Container open(ByteView view, ImageHeader header) {
        Container container = new Container(header, view).keep(0, SIGNATURE);
        boolean pixels = false;
        long at = SIGNATURE;
        while (true) {
            long length = view.u32(at);
            long end = at + 12 + length;
            view.require(at, 12 + length);
            boolean isPixels = view.has(at + 4, "IDAT");
            boolean isEnd = view.has(at + 4, "IEND");
            if (isPixels || isEnd || view.has(at + 4, "IHDR") || view.has(at + 4, "PLTE")) {
                checkSum(view, at, (int) length);
                container.keep(at, end);
            } else if ((view.u8(at + 4) & 0x20) == 0) {
                throw view.damaged(Text.of("image.png.chunk", at));
            }
            pixels |= isPixels;
            if (isEnd) {
                break;
            }
            at = end;
        }
        if (!pixels) {
            throw view.damaged(Text.of("image.png.no_pixels"));
        }
        return container;
    }

    private static void checkSum(ByteView view, long at, int length) {
        CRC32 crc = new CRC32();
        crc.update(view.bytes(), (int) at + 4, length + 4);
        if (crc.getValue() != view.u32(at + 8 + length)) {
            throw view.damaged(Text.of("image.png.checksum", at));
        }
    }
}
