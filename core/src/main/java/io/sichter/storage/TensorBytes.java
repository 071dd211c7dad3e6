package io.sichter.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * A tensor as bytes: what a safetensors file holds.
 *
 * @param name its name
 * @param dtype as safetensors spells it: {@code F32}, {@code F64}, {@code F16}, {@code BF16}, {@code I64}, {@code I32},
 *     {@code I16}, {@code I8}, {@code U8}, {@code BOOL}
 * @param shape its sizes; empty for a scalar
 * @param bytes row-major little-endian content from position to limit
 */
public record TensorBytes(String name, String dtype, List<Long> shape, ByteBuffer bytes) implements TensorSource {
    /** Checks that the number of bytes fits dtype and shape. */
    public TensorBytes {
        shape = List.copyOf(shape);
        long expected = byteSize(dtype, shape);
        if (bytes.remaining() != expected) {
            throw new IllegalArgumentException(
                    name + " " + dtype + shape + " needs " + expected + " bytes, got " + bytes.remaining());
        }
    }

    @Override
    public void lend(Borrower borrower) throws IOException {
        borrower.accept(bytes.duplicate());
    }

    /** Bytes of a tensor of that dtype and shape. */
    static long byteSize(String dtype, List<Long> shape) {
        long size = elementSize(dtype);
        for (long n : shape) {
            if (n < 0) {
                throw new IllegalArgumentException("negative size in " + shape);
            }
            size = Math.multiplyExact(size, n);
        }
        return size;
    }

    private static long elementSize(String dtype) {
        return switch (dtype) {
            case "F64", "I64", "U64" -> 8;
            case "F32", "I32", "U32" -> 4;
            case "F16", "BF16", "I16", "U16" -> 2;
            case "I8", "U8", "BOOL", "F8_E4M3", "F8_E5M2" -> 1;
            default -> throw new IllegalArgumentException("unknown dtype " + dtype);
        };
    }
}
