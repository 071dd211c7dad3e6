package io.sichter.image;

import io.sichter.text.Text;

/**
 * JPEG: segments walked to the first scan, and the end mark looked for after it. The decoder is handed the segments
 * that pixels need, whatever stands between them. ITU-T T.81; Adobe's segment as in libjpeg.
 */
final class JpegContainer {
    static final int SOF0 = 0xC0;
    static final int SOF2 = 0xC2;
    static final int DHT = 0xC4;
    static final int SOI = 0xD8;
    static final int EOI = 0xD9;
    static final int SOS = 0xDA;
    static final int DQT = 0xDB;
    static final int DRI = 0xDD;
    private static final int DAC = 0xCC;
    private static final int JPG = 0xC8;
    private static final int SOF15 = 0xCF;
    private static final int TEM = 0x01;
    private static final int RST0 = 0xD0;
    private static final int APP0 = 0xE0;
    private static final int APP1 = 0xE1;
    private static final int APP14 = 0xEE;

    private JpegContainer() {}

    /** Reads up to the frame header, and on to the first scan for the orientation. */
    static ImageHeader header(ByteView view) {
        long frame = -1;
        int orientation = 1;
        for (long at = nextMarker(view, 2); view.u8(at) != SOS; at = nextMarker(view, afterSegment(view, at))) {
            int marker = view.u8(at);
            if (isFrame(marker)) {
                frame = frame < 0 ? at : frame;
            } else if (marker == APP1 && view.has(at + 3, "Exif\0") && orientation == 1) {
                orientation = ExifOrientation.read(view, at + 9, afterSegment(view, at));
            } else if (marker == EOI) {
                throw view.damaged(Text.of("image.jpeg.no_scan"));
            }
        }
        if (frame < 0) {
            throw view.damaged(Text.of("image.jpeg.no_frame"));
        }
        int components = view.u8(frame + 8);
        return new ImageHeader(
                ImageFormat.JPEG,
                view.u16(frame + 6),
                view.u16(frame + 4),
                components,
                view.u8(frame + 3),
                false,
                false,
                components == 4,
                orientation);
    }

    /** Checks the variant and that the end mark comes after the first scan. */
    static Container open(ByteView view, ImageHeader header) {
        if (header.bits() != 8) {
            throw view.unsupported(Text.of("image.jpeg.bits", header.bits()));
        }
        if (header.channels() != 1 && header.channels() != 3 && header.channels() != 4) {
            throw view.unsupported(Text.of("image.jpeg.channels", header.channels()));
        }
        Container container = new Container(header, view).keep(0, 2);
        long at = nextMarker(view, 2);
        for (; view.u8(at) != SOS; at = nextMarker(view, afterSegment(view, at))) {
            int marker = view.u8(at);
            if (isFrame(marker) && marker != SOF0 && marker != SOF0 + 1 && marker != SOF2) {
                throw view.unsupported(Text.of("image.jpeg.process", marker - SOF0));
            }
            if (isNeeded(view, at)) {
                container.keep(at - 1, afterSegment(view, at));
            }
        }
        long end = endMark(view, afterSegment(view, at));
        return container.keep(at - 1, end);
    }

    /** Offset after the last end mark. It cannot stand in coded data, where every 0xFF is followed by another byte. */
    private static long endMark(ByteView view, long scan) {
        byte[] bytes = view.bytes();
        for (int at = bytes.length - 2; at >= scan; at--) {
            if (bytes[at] == (byte) 0xFF && bytes[at + 1] == (byte) EOI) {
                return at + 2L;
            }
        }
        throw view.truncated(Text.of("image.jpeg.no_end"));
    }

    private static boolean isNeeded(ByteView view, long at) {
        int marker = view.u8(at);
        if (marker == APP0) {
            // Says that the colours are YCbCr; an unknown version would only make the decoder complain.
            return view.has(at + 3, "JFIF\0") && (view.u8(at + 8) == 1 || view.u8(at + 8) == 2);
        }
        if (marker == APP14) {
            return view.has(at + 3, "Adobe");
        }
        return isFrame(marker) || marker == DHT || marker == DQT || marker == DRI || marker == DAC;
    }

    private static boolean isFrame(int marker) {
        return marker >= SOF0 && marker <= SOF15 && marker != DHT && marker != JPG && marker != DAC;
    }

    /** Offset of the next marker's second byte. Fill bytes and zeros between segments are skipped. */
    static long nextMarker(ByteView view, long from) {
        long at = from;
        while (view.u8(at) == 0) {
            at++;
        }
        if (view.u8(at) != 0xFF) {
            throw view.damaged(Text.of("image.jpeg.segment", at));
        }
        while (view.u8(at) == 0xFF) {
            at++;
        }
        return at;
    }

    /** Offset after the segment whose marker's second byte stands there. */
    static long afterSegment(ByteView view, long at) {
        int marker = view.u8(at);
        if (marker == TEM || (marker >= RST0 && marker <= SOI)) {
            return at + 1;
        }
        long length = view.u16(at + 1);
        if (length < 2) {
            throw view.damaged(Text.of("image.jpeg.segment_length", at, length));
        }
        view.require(at + 1, length);
        return at + 1 + length;
    }
}
