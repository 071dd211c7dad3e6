package io.sichter.storage;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/** Views of a row of numbers, laid out row by row. */
final class Strides {
    private Strides() {}

    /**
     * The elements of a view in row-major order: a slice where they lie so already, else a copy.
     *
     * @param element bytes of one element
     * @param offset of the first element, bytes
     * @param strides elements between neighbours of each dimension
     */
    static ByteBuffer rowMajor(ByteBuffer bytes, int element, long offset, List<Long> shape, List<Long> strides) {
        long count = shape.stream().reduce(1L, Math::multiplyExact);
        int length = Math.toIntExact(count * element);
        if (length == 0) {
            return ByteBuffer.allocate(0);
        }
        int start = bytes.position() + Math.toIntExact(offset);
        if (isRowMajor(shape, strides)) {
            return bytes.slice(start, length).order(ByteOrder.LITTLE_ENDIAN);
        }
        ByteBuffer copy = ByteBuffer.allocateDirect(length).order(ByteOrder.LITTLE_ENDIAN);
        long[] index = new long[shape.size()];
        for (long i = 0; i < count; i++) {
            long place = 0;
            for (int d = 0; d < index.length; d++) {
                place += index[d] * strides.get(d);
            }
            copy.put(bytes.slice(start + Math.toIntExact(place * element), element));
            advance(index, shape);
        }
        return copy.flip().order(ByteOrder.LITTLE_ENDIAN);
    }

    private static void advance(long[] index, List<Long> shape) {
        for (int d = index.length - 1; d >= 0; d--) {
            if (++index[d] < shape.get(d)) {
                return;
            }
            index[d] = 0;
        }
    }

    private static boolean isRowMajor(List<Long> shape, List<Long> strides) {
        long expected = 1;
        for (int d = shape.size() - 1; d >= 0; d--) {
            if (shape.get(d) != 1 && strides.get(d) != expected) {
                return false;
            }
            expected *= shape.get(d);
        }
        return true;
    }
}
