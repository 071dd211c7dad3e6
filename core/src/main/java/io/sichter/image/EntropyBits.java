package io.sichter.image;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** The bits of entropy-coded JPEG data, up to the next marker. Past it come zeros, and {@link #isOverrun} says so. */
final class EntropyBits {
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final int HIGH_BITS = 0x80808080;
    private static final int LOW_BITS = 0x01010101;

    private final byte[] bytes;
    private int at;
    private long buffer;
    private int count;
    private int borrowed;

    EntropyBits(byte[] bytes, int from) {
        this.bytes = bytes;
        this.at = from;
    }

    /** Makes at least 32 bits available. */
    private void fill() {
        if (at + 4 <= bytes.length) {
            int next = (int) INTS.get(bytes, at);
            int inverted = ~next;
            if (((inverted - LOW_BITS) & ~inverted & HIGH_BITS) == 0) { // no byte is 0xFF
                buffer = (buffer << 32) | (next & 0xFFFFFFFFL);
                count += 32;
                at += 4;
                return;
            }
        }
        while (count <= 48) {
            buffer = (buffer << 8) | nextByte();
            count += 8;
        }
    }

    private int nextByte() {
        if (at >= bytes.length) {
            borrowed += 8;
            return 0;
        }
        int value = bytes[at] & 0xFF;
        if (value == 0xFF) {
            if (at + 1 >= bytes.length || bytes[at + 1] != 0) {
                borrowed += 8;
                return 0;
            }
            at++;
        }
        at++;
        return value;
    }

    /** Reads a code and skips the bits of the value behind it; returns its symbol, or -1 if no code matches. */
    int symbol(HuffmanTable table, boolean skipValue) {
        if (count < 32) {
            fill();
        }
        int found =
                table.find((int) (buffer >>> (count - HuffmanTable.LOOKAHEAD)) & ((1 << HuffmanTable.LOOKAHEAD) - 1));
        if (found == 0) {
            found = table.findLong((int) (buffer >>> (count - 16)) & 0xFFFF);
            if (found == 0) {
                return -1;
            }
        }
        count -= (found >> 8) + (skipValue ? found & 0x0F : 0);
        return found & 0xFF;
    }

    /** Reads up to 16 bits. */
    int read(int bits) {
        if (count < 32) {
            fill();
        }
        count -= bits;
        return (int) (buffer >>> count) & ((1 << bits) - 1);
    }

    /** Skips any number of bits. */
    void skip(int bits) {
        for (int left = bits; left > 0; left -= 16) {
            read(Math.min(left, 16));
        }
    }

    /** Whether more bits were asked for than there are before the marker. */
    boolean isOverrun() {
        return count < borrowed;
    }

    /** Whole bytes not yet read before the next marker, or the end of the data. */
    int unreadBytes() {
        int unread = Math.max(0, count - borrowed) / 8;
        while (at < bytes.length && (bytes[at] != (byte) 0xFF || (at + 1 < bytes.length && bytes[at + 1] == 0))) {
            at += bytes[at] == (byte) 0xFF ? 2 : 1;
            unread++;
        }
        return unread;
    }

    /** Offset of the 0xFF of the marker that ends the data; only after {@link #unreadBytes}. */
    int markerAt() {
        return at;
    }

    /** Goes on behind a restart marker. */
    void restartAt(int offset) {
        at = offset;
        buffer = 0;
        count = 0;
        borrowed = 0;
    }
}
