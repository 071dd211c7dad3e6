package io.sichter.image;

import io.sichter.image.UnreadableImageException.Reason;
import io.sichter.text.Text;

/** Bounds-checked numbers in the bytes of a file; reading past the end says that the file is truncated. */
final class ByteView {
    private final byte[] bytes;
    private final String name;
    private final boolean littleEndian;

    ByteView(byte[] bytes, String name) {
        this(bytes, name, false);
    }

    private ByteView(byte[] bytes, String name, boolean littleEndian) {
        this.bytes = bytes;
        this.name = name;
        this.littleEndian = littleEndian;
    }

    /** The same bytes, numbers read with the lowest byte first. */
    ByteView littleEndian() {
        return new ByteView(bytes, name, true);
    }

    /** The same bytes, numbers read with the highest byte first. */
    ByteView bigEndian() {
        return new ByteView(bytes, name, false);
    }

    boolean isLittleEndian() {
        return littleEndian;
    }

    byte[] bytes() {
        return bytes;
    }

    int length() {
        return bytes.length;
    }

    /** Fails as truncated unless {@code count} bytes follow {@code at}. */
    void require(long at, long count) {
        if (at < 0 || count < 0 || at > bytes.length - count) {
            throw truncated(Text.of("image.ends_early", bytes.length, saturatedEnd(at, count)));
        }
    }

    private static String saturatedEnd(long at, long count) {
        long end = at + count;
        return at < 0 || count < 0 || end < 0 ? "beyond 2^63" : Long.toString(end);
    }

    int u8(long at) {
        require(at, 1);
        return bytes[(int) at] & 0xFF;
    }

    int u16(long at) {
        require(at, 2);
        int first = bytes[(int) at] & 0xFF;
        int second = bytes[(int) at + 1] & 0xFF;
        return littleEndian ? (second << 8) | first : (first << 8) | second;
    }

    long u32(long at) {
        long first = u16(at);
        long second = u16(at + 2);
        return littleEndian ? (second << 16) | first : (first << 16) | second;
    }

    /** 64 bits; above 2^63 the result is negative, which no offset or count of a file may be. */
    long u64(long at) {
        long first = u32(at);
        long second = u32(at + 4);
        return littleEndian ? (second << 32) | first : (first << 32) | second;
    }

    /** Whether the ASCII text stands there; false past the end. */
    boolean has(long at, String text) {
        if (at < 0 || at + text.length() > bytes.length) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if ((bytes[(int) at + i] & 0xFF) != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    UnreadableImageException truncated(Text detail) {
        return new UnreadableImageException(Reason.TRUNCATED, name, Text.of("image.truncated", detail));
    }

    UnreadableImageException damaged(Text detail) {
        return new UnreadableImageException(Reason.DAMAGED, name, Text.of("image.damaged", detail));
    }

    UnreadableImageException unsupported(Text detail) {
        return new UnreadableImageException(Reason.UNSUPPORTED, name, Text.of("image.unsupported", detail));
    }
}
