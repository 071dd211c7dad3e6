package io.sichter.image;

import io.sichter.text.Text;
import org.jspecify.annotations.Nullable;

/**
 * Walks the entropy-coded data of a JPEG without making pixels, to find what libjpeg papers over with a grey or smeared
 * picture and a line on standard error: data that ends before the last row (even if an end mark was put behind it),
 * codes that do not exist, data left over, restart marks out of order. ITU-T T.81, annexes F and G.
 *
 * <p>It does what a decoder must do up to the coefficients, and costs about half of decoding. Damage that happens to
 * give a valid stream of the right length cannot be seen: only a checksum finds that.
 */
final class JpegEntropy {
    private final ByteView view;
    private final @Nullable HuffmanTable[] dcTables = new HuffmanTable[4];
    private final @Nullable HuffmanTable[] acTables = new HuffmanTable[4];
    private @Nullable JpegFrame frame;
    private int quantisationTables;
    private int restartInterval;
    private int mcu;
    private int mcus;

    private JpegEntropy(ByteView view) {
        this.view = view;
    }

    /**
     * Walks all scans up to the end mark.
     *
     * @return whether the picture is of the ordinary kind that decodes whenever its data is whole
     * @throws UnreadableImageException (truncated or damaged) with the share of the scan that was reached
     */
    static boolean check(byte[] bytes, String name) {
        return new JpegEntropy(new ByteView(bytes, name)).walk();
    }

    private boolean walk() {
        if (!hasTables()) {
            return false; // a frame of a video, whose tables are known to the decoder
        }
        long at = JpegContainer.nextMarker(view, 2);
        while (view.u8(at) != JpegContainer.EOI) {
            int marker = view.u8(at);
            long next = JpegContainer.afterSegment(view, at);
            if (marker == JpegContainer.DHT) {
                readTables(at + 3, next);
            } else if (marker == JpegContainer.DQT) {
                readQuantisation(at + 3, next);
            } else if (marker == JpegContainer.DRI) {
                restartInterval = view.u16(at + 3);
            } else if (marker >= JpegContainer.SOF0 && marker <= JpegContainer.SOF2) {
                if (frame != null || view.u16(at + 1) != 8 + 3 * view.u8(at + 8)) {
                    throw view.damaged(Text.of("image.jpeg.frame"));
                }
                frame = new JpegFrame(view, at);
            } else if (marker == JpegContainer.SOS) {
                next = scan(at, next);
            }
            at = JpegContainer.nextMarker(view, next);
        }
        return frame != null && frame.isOrdinary();
    }

    private boolean hasTables() {
        long at = JpegContainer.nextMarker(view, 2);
        while (view.u8(at) != JpegContainer.SOS && view.u8(at) != JpegContainer.DHT) {
            at = JpegContainer.nextMarker(view, JpegContainer.afterSegment(view, at));
        }
        return view.u8(at) == JpegContainer.DHT;
    }

    private void readQuantisation(long from, long to) {
        long at = from;
        while (at < to) {
            int target = view.u8(at);
            at += target < 16 ? 65 : 129;
            if (at > to || target > 0x1F || (target & 15) > 3) {
                throw view.damaged(Text.of("image.jpeg.quantisation"));
            }
            quantisationTables |= 1 << (target & 15);
        }
    }

    private void readTables(long from, long to) {
        long at = from;
        while (at < to) {
            int target = view.u8(at);
            int[] counts = new int[17];
            int total = 0;
            for (int length = 1; length <= 16; length++) {
                counts[length] = view.u8(at + length);
                total += counts[length];
            }
            at += 17;
            if (total > 256 || at + total > to || (target & 15) > 3 || target > 0x1F) {
                throw view.damaged(Text.of("image.jpeg.huffman"));
            }
            byte[] symbols = new byte[total];
            System.arraycopy(view.bytes(), (int) at, symbols, 0, total);
            for (int i = 0; target < 16 && i < total; i++) {
                if ((symbols[i] & 0xF0) != 0) {
                    throw view.damaged(Text.of("image.jpeg.difference", symbols[i] & 0xFF));
                }
            }
            try {
                (target < 16 ? dcTables : acTables)[target & 15] = new HuffmanTable(counts, symbols);
            } catch (IllegalArgumentException e) {
                throw view.damaged(Text.of("image.jpeg.codes"));
            }
            at += total;
        }
    }

    /** Walks one scan and returns where the next marker is to be looked for. */
    private long scan(long at, long data) {
        JpegFrame known = frame;
        if (known == null) {
            throw view.damaged(Text.of("image.jpeg.early_scan"));
        }
        int count = view.u8(at + 3);
        if (count < 1 || count > known.components.length || view.u16(at + 1) != 6 + 2 * count) {
            throw view.damaged(Text.of("image.jpeg.scan_header", count, view.u16(at + 1)));
        }
        JpegFrame.Component[] components = new JpegFrame.Component[count];
        for (int i = 0; i < count; i++) {
            components[i] = known.component(view, view.u8(at + 4 + 2L * i));
            int tables = view.u8(at + 5 + 2L * i);
            components[i].seen = true;
            if (components[i].quantisation > 3 || ((quantisationTables >> components[i].quantisation) & 1) == 0) {
                throw view.damaged(Text.of("image.jpeg.no_quantisation", components[i].quantisation));
            }
            if ((tables & 0xCC) != 0) {
                throw view.damaged(Text.of("image.jpeg.table", tables));
            }
            components[i].dc = dcTables[tables >> 4];
            components[i].ac = acTables[tables & 15];
        }
        long spectrum = at + 4 + 2L * count;
        int first = view.u8(spectrum);
        int last = view.u8(spectrum + 1);
        int precision = view.u8(spectrum + 2);
        if (!ScanWalker.isValid(known.progressive, count, first, last, precision)) {
            throw view.damaged(Text.of("image.jpeg.coefficients", first, last, precision));
        }
        ScanWalker walker = new ScanWalker(
                new EntropyBits(view.bytes(), (int) data), known.progressive, first, last, precision >> 4);
        return walkBlocks(known, components, walker);
    }

    private long walkBlocks(JpegFrame known, JpegFrame.Component[] components, ScanWalker walker) {
        boolean alone = components.length == 1;
        int wide = alone ? components[0].blocksWide : known.mcusWide;
        mcus = wide * (alone ? components[0].blocksHigh : known.mcusHigh);
        for (mcu = 0; mcu < mcus; mcu++) {
            if (restartInterval > 0 && mcu > 0 && mcu % restartInterval == 0) {
                restart(walker);
            }
            int x = mcu % wide;
            int y = mcu / wide;
            boolean sound = true;
            if (alone) {
                sound = walker.block(components[0], y * components[0].stride + x);
            } else {
                for (JpegFrame.Component part : components) {
                    for (int v = 0; v < part.vertical; v++) {
                        for (int h = 0; h < part.horizontal; h++) {
                            int block = (y * part.vertical + v) * part.stride + x * part.horizontal + h;
                            sound &= walker.block(part, block);
                        }
                    }
                }
            }
            if (!sound || walker.bits().isOverrun()) {
                throw broken(walker, sound);
            }
        }
        int unread = walker.bits().unreadBytes();
        if (unread > 0) {
            throw view.damaged(Text.of("image.jpeg.rest", unread));
        }
        return walker.bits().markerAt();
    }

    private UnreadableImageException broken(ScanWalker walker, boolean sound) {
        long reached = 100L * mcu / Math.max(1, mcus);
        return sound || walker.bits().isOverrun()
                ? view.truncated(Text.of("image.jpeg.cut", reached))
                : view.damaged(Text.of("image.jpeg.no_code", reached));
    }

    private void restart(ScanWalker walker) {
        EntropyBits bits = walker.bits();
        int unread = bits.unreadBytes();
        int at = bits.markerAt();
        while (at + 1 < view.length() && view.u8(at + 1) == 0xFF) {
            at++;
        }
        int expected = 0xD0 + ((mcu / restartInterval - 1) & 7);
        if (unread > 0 || at + 1 >= view.length() || view.u8(at + 1) != expected) {
            throw view.damaged(Text.of("image.jpeg.restart", expected - 0xD0, at));
        }
        bits.restartAt(at + 2);
        walker.restart();
    }
}
