package io.sichter.image;

import io.sichter.text.Text;
import java.util.HashMap;
import java.util.Map;

/** One image file directory of a TIFF or BigTIFF file: tags to numbers. TIFF 6.0, Adobe 1992. */
final class TiffDirectory {
    /** Where a tag's values stand. */
    private record Field(int type, long count, long valuesAt) {}

    private final ByteView view;
    private final Map<Integer, Field> fields = new HashMap<>();
    private final long nextAt;
    private final boolean big;

    private TiffDirectory(ByteView view, long at, boolean big) {
        this.view = view;
        this.big = big;
        int entryBytes = big ? 20 : 12;
        long entries = big ? view.u64(at) : view.u16(at);
        long first = at + (big ? 8 : 2);
        if (entries < 0 || entries > view.length() / entryBytes) {
            throw view.truncated(Text.of("image.tiff.entries", at, entries));
        }
        for (long i = 0; i < entries; i++) {
            long entry = first + i * entryBytes;
            int type = view.u16(entry + 2);
            long count = big ? view.u64(entry + 4) : view.u32(entry + 4);
            long inline = entry + (big ? 12 : 8);
            boolean fits = count >= 0 && count <= (big ? 8 : 4) && count * sizeOf(type) <= (big ? 8 : 4);
            Field field = new Field(type, count, fits ? inline : offset(view, inline, big));
            if (type >= 1 && type <= 18) {
                if (count < 0 || count > view.length()) {
                    throw view.truncated(Text.of("image.tiff.values", count));
                }
                view.require(field.valuesAt, count * sizeOf(type));
            }
            fields.put(view.u16(entry), field);
        }
        nextAt = first + entries * entryBytes;
        view.require(nextAt, big ? 8 : 4);
    }

    /** The first directory of a file. */
    static TiffDirectory first(ByteView file) {
        ByteView view = file.has(0, "II") ? file.littleEndian() : file.bigEndian();
        boolean big = view.u16(2) == 43;
        long at = big ? view.u64(8) : view.u32(4);
        return new TiffDirectory(view, at, big);
    }

    /** The directory at an offset of the same file. */
    TiffDirectory at(long offset) {
        return new TiffDirectory(view, offset, big);
    }

    /** Offset of the next directory; 0 if this is the last. */
    long next() {
        return offset(view, nextAt, big);
    }

    ByteView view() {
        return view;
    }

    /** The first number of a tag, or another where the tag is missing. */
    long first(int tag, long otherwise) {
        Field field = fields.get(tag);
        return field == null || field.count < 1 ? otherwise : number(field, 0);
    }

    /** All numbers of a tag; none where it is missing. */
    long[] all(int tag) {
        Field field = fields.get(tag);
        if (field == null) {
            return new long[0];
        }
        if (field.count < 0 || field.count > view.length()) {
            throw view.damaged(Text.of("image.tiff.type", tag, field.count, field.type));
        }
        long[] numbers = new long[(int) field.count];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = number(field, i);
        }
        return numbers;
    }

    /** Sets a tag with a single small value in the bytes that are handed on. */
    void patch(Container container, int tag, int value) {
        Field field = fields.get(tag);
        if (field != null) {
            patchNumber(container, field.valuesAt, sizeOf(field.type), value);
        }
    }

    /** Makes this the last directory in the bytes that are handed on. */
    void patchLast(Container container) {
        patchNumber(container, nextAt, big ? 8 : 4, 0);
    }

    private void patchNumber(Container container, long at, int size, int value) {
        for (int i = 0; i < size; i++) {
            boolean lowest = view.isLittleEndian() ? i == 0 : i == size - 1;
            container.patch(at + i, lowest ? value : 0);
        }
    }

    private long number(Field field, long index) {
        long at = field.valuesAt + index * sizeOf(field.type);
        return switch (sizeOf(field.type)) {
            case 1 -> view.u8(at);
            case 2 -> view.u16(at);
            case 4 -> view.u32(at);
            default -> view.u64(at);
        };
    }

    private static long offset(ByteView view, long at, boolean big) {
        return big ? view.u64(at) : view.u32(at);
    }

    private static int sizeOf(int type) {
        return switch (type) {
            case 1, 2, 6, 7 -> 1;
            case 3, 8 -> 2;
            case 4, 9, 11, 13 -> 4;
            default -> 8;
        };
    }
}
