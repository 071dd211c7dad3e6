package io.sichter.image;

import java.util.ArrayList;
import java.util.List;

/**
 * A file taken apart as far as its container goes: what it is, and which of its bytes the native decoder gets to see.
 * Only what pixels need is handed on: no profiles, no text, no later frames, which a decoder could stumble or print
 * over.
 */
final class Container {
    private final ImageHeader header;
    private final byte[] file;
    private final List<int[]> ranges = new ArrayList<>();
    private final List<int[]> patches = new ArrayList<>();
    private final List<byte[]> tails = new ArrayList<>();

    Container(ImageHeader header, ByteView view) {
        this.header = header;
        this.file = view.bytes();
    }

    ImageHeader header() {
        return header;
    }

    /** Hands on the bytes {@code from} (inclusive) to {@code to} (exclusive). */
    Container keep(long from, long to) {
        int last = ranges.size() - 1;
        if (last >= 0 && ranges.get(last)[1] == from) {
            ranges.get(last)[1] = (int) to;
        } else {
            ranges.add(new int[] {(int) from, (int) to});
        }
        return this;
    }

    /** Replaces one byte of the file; only where the file is kept from its first byte on. */
    Container patch(long at, int value) {
        patches.add(new int[] {(int) at, value});
        return this;
    }

    /** Adds bytes after all that is kept. */
    Container append(int... values) {
        byte[] tail = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            tail[i] = (byte) values[i];
        }
        tails.add(tail);
        return this;
    }

    /** The bytes for the native decoder: the file's own array where nothing was left out or changed. */
    byte[] payload() {
        boolean whole = ranges.size() == 1 && ranges.get(0)[0] == 0 && ranges.get(0)[1] == file.length;
        if (whole && patches.isEmpty() && tails.isEmpty()) {
            return file;
        }
        int size = ranges.stream().mapToInt(r -> r[1] - r[0]).sum();
        size += tails.stream().mapToInt(t -> t.length).sum();
        byte[] payload = new byte[size];
        int at = 0;
        for (int[] range : ranges) {
            System.arraycopy(file, range[0], payload, at, range[1] - range[0]);
            at += range[1] - range[0];
        }
        for (byte[] tail : tails) {
            System.arraycopy(tail, 0, payload, at, tail.length);
            at += tail.length;
        }
        for (int[] patch : patches) {
            payload[patch[0]] = (byte) patch[1];
        }
        return payload;
    }
}
