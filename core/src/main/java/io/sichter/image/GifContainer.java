package io.sichter.image;

import io.sichter.text.Text;

/** GIF: blocks walked to the trailer; the first frame alone is handed on. GIF89a specification, CompuServe 1990. */
final class GifContainer {
    private static final int SCREEN_END = 13;
    private static final int BACKGROUND_INDEX = 11;
    private static final int EXTENSION = 0x21;
    private static final int IMAGE = 0x2C;
    private static final int TRAILER = 0x3B;

    private GifContainer() {}

    static ImageHeader header(ByteView file) {
        ByteView view = file.littleEndian();
        view.require(0, SCREEN_END);
        int bits = (view.u8(10) & 0x07) + 1;
        boolean alpha = false;
        long at = SCREEN_END + tableBytes(view.u8(10));
        while (at + 4 <= view.length() && view.u8(at) == EXTENSION) {
            alpha |= view.u8(at + 1) == 0xF9 && (view.u8(at + 3) & 1) != 0;
            at = afterSubBlocks(view, at + 2);
        }
        return new ImageHeader(ImageFormat.GIF, view.u16(6), view.u16(8), 1, bits, alpha, true, false, 1);
    }

    /**
     * Checks that all blocks are there. Transparency is left out, so that transparent pixels take their colour from the
     * table, as Pillow's {@code convert("RGB")} has it.
     */
    static Container open(ByteView file, ImageHeader header) {
        ByteView view = file.littleEndian();
        long at = SCREEN_END + tableBytes(view.u8(10));
        Container container = new Container(header, view).keep(0, at).patch(BACKGROUND_INDEX, 0);
        boolean found = false;
        while (view.u8(at) != TRAILER) {
            if (view.u8(at) == EXTENSION) {
                at = afterSubBlocks(view, at + 2);
            } else if (view.u8(at) == IMAGE) {
                long end = afterSubBlocks(view, at + 11 + tableBytes(view.u8(at + 9)));
                if (!found) {
                    container.keep(at, end);
                }
                found = true;
                at = end;
            } else {
                throw view.damaged(Text.of("image.gif.block", view.u8(at), at));
            }
        }
        if (!found) {
            throw view.damaged(Text.of("image.gif.no_frame"));
        }
        return container.append(TRAILER);
    }

    private static long tableBytes(int flags) {
        return (flags & 0x80) == 0 ? 0 : 3L << ((flags & 0x07) + 1);
    }

    private static long afterSubBlocks(ByteView view, long from) {
        long at = from;
        while (view.u8(at) != 0) {
            at += 1 + view.u8(at);
        }
        return at + 1;
    }
}
