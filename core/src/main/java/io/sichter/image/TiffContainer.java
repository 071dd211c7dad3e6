package io.sichter.image;

import io.sichter.text.Text;
import java.util.HashSet;
import java.util.Set;

/**
 * TIFF and BigTIFF: every page's strips or tiles must lie within the file; the first page alone is handed on, marked
 * upright (the orientation is applied once, by the decoder) and with its alpha marked as already multiplied, so that
 * libtiff leaves the colours as they are.
 */
final class TiffContainer {
    private static final int WIDTH = 256;
    private static final int HEIGHT = 257;
    private static final int BITS = 258;
    private static final int COMPRESSION = 259;
    private static final int PHOTOMETRIC = 262;
    private static final int STRIP_OFFSETS = 273;
    private static final int ORIENTATION = 274;
    private static final int SAMPLES = 277;
    private static final int STRIP_BYTES = 279;
    private static final int PLANAR = 284;
    private static final int TILE_OFFSETS = 324;
    private static final int TILE_BYTES = 325;
    private static final int EXTRA_SAMPLES = 338;
    private static final int SAMPLE_FORMAT = 339;

    private static final int WHITE_IS_ZERO = 0;
    private static final int BLACK_IS_ZERO = 1;
    private static final int RGB = 2;
    private static final int PALETTE = 3;
    private static final int SEPARATED = 5;
    private static final int YCBCR = 6;
    private static final Set<Long> COMPRESSIONS = Set.of(1L, 2L, 3L, 4L, 5L, 7L, 8L, 32773L, 32946L);

    private TiffContainer() {}

    static ImageHeader header(ByteView file) {
        TiffDirectory page = TiffDirectory.first(file);
        int photometric = (int) page.first(PHOTOMETRIC, -1);
        boolean colour = photometric == RGB || photometric == YCBCR;
        int samples = (int) page.first(SAMPLES, colour ? 3 : 1);
        boolean inks = photometric == SEPARATED;
        return new ImageHeader(
                ImageFormat.TIFF,
                side(page.first(WIDTH, 0)),
                side(page.first(HEIGHT, 0)),
                samples,
                (int) page.first(BITS, 1),
                page.all(EXTRA_SAMPLES).length > 0,
                photometric == PALETTE,
                inks,
                ExifOrientation.valid((int) page.first(ORIENTATION, 1)));
    }

    private static int side(long value) {
        return (int) Math.min(value, Integer.MAX_VALUE);
    }

    /** Whether the picture must be read with 16 bits per channel, which 10, 12 and 14 bits are unpacked to. */
    static boolean isUnpacked(ImageHeader header) {
        return header.format() == ImageFormat.TIFF && header.bits() > 8 && header.bits() < 16;
    }

    static Container open(ByteView file, ImageHeader header) {
        TiffDirectory page = TiffDirectory.first(file);
        checkVariant(page, header);
        checkPages(page);
        Container container = new Container(header, page.view()).keep(0, file.length());
        if (header.orientation() != 1) {
            page.patch(container, ORIENTATION, 1);
        }
        if (page.all(EXTRA_SAMPLES).length == 1) {
            page.patch(container, EXTRA_SAMPLES, 1);
        }
        if (page.next() != 0) {
            page.patchLast(container);
        }
        return container;
    }

    private static void checkPages(TiffDirectory first) {
        Set<Long> seen = new HashSet<>();
        TiffDirectory page = first;
        while (true) {
            checkData(page, STRIP_OFFSETS, STRIP_BYTES);
            checkData(page, TILE_OFFSETS, TILE_BYTES);
            long next = page.next();
            if (next == 0) {
                break;
            }
            if (!seen.add(next)) {
                throw page.view().damaged(Text.of("image.tiff.twice", next));
            }
            page = page.at(next);
        }
        if (first.all(STRIP_OFFSETS).length + first.all(TILE_OFFSETS).length == 0) {
            throw first.view().damaged(Text.of("image.tiff.no_pixels"));
        }
    }

    private static void checkData(TiffDirectory page, int offsetsTag, int bytesTag) {
        long[] offsets = page.all(offsetsTag);
        long[] bytes = page.all(bytesTag);
        if (offsets.length != bytes.length) {
            throw page.view().damaged(Text.of("image.tiff.counts", offsets.length, bytes.length));
        }
        for (int i = 0; i < offsets.length; i++) {
            page.view().require(offsets[i], bytes[i]);
        }
    }

    private static void checkVariant(TiffDirectory page, ImageHeader header) {
        ByteView view = page.view();
        long compression = page.first(COMPRESSION, 1);
        if (!COMPRESSIONS.contains(compression)) {
            throw view.unsupported(Text.of("image.tiff.compression", compression));
        }
        for (long format : page.all(SAMPLE_FORMAT)) {
            if (format != 1) {
                throw view.unsupported(Text.of("image.tiff.samples"));
            }
        }
        for (long bits : page.all(BITS)) {
            if (bits != header.bits()) {
                throw view.unsupported(Text.of("image.tiff.bits"));
            }
        }
        int photometric = (int) page.first(PHOTOMETRIC, -1);
        boolean planar = page.first(PLANAR, 1) == 2;
        if (!isKnown(photometric, header.bits(), header.channels(), planar)) {
            throw view.unsupported(Text.of(
                    planar ? "image.tiff.planar" : "image.tiff.variant",
                    header.bits(),
                    header.channels(),
                    photometric));
        }
    }

    private static boolean isKnown(int photometric, int bits, int channels, boolean planar) {
        boolean wide = bits == 8 || bits == 16;
        boolean unpacked = (bits == 10 || bits == 12 || bits == 14) && !planar;
        return switch (photometric) {
            case WHITE_IS_ZERO -> channels <= 2 && (wide || bits == 1);
            case BLACK_IS_ZERO -> channels <= 2 && (wide || bits == 1 || (unpacked && channels == 1));
            case RGB -> (channels == 3 || channels == 4) && (wide || (unpacked && channels == 3));
            case PALETTE -> channels == 1 && (bits == 4 || bits == 8);
            case SEPARATED -> channels == 4 && bits == 8;
            case YCBCR -> channels == 3 && bits == 8;
            default -> false;
        };
    }
}
