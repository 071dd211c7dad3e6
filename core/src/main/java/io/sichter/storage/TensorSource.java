package io.sichter.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * A tensor on its way into a file: its name, dtype and shape are known at once, its bytes are made when they are needed
 * and freed when they are written, so that a file of any size takes the memory of its largest tensor.
 */
public interface TensorSource {
    /** Its name. */
    String name();

    /** As safetensors spells it; see {@link TensorBytes#dtype}. */
    String dtype();

    /** Its sizes; empty for a scalar. */
    List<Long> shape();

    /** Lends the row-major little-endian content, from position to limit, for the time of the call. */
    void lend(Borrower borrower) throws IOException;

    /** Who is lent the bytes of a tensor. */
    @FunctionalInterface
    interface Borrower {
        /** Uses the bytes; they are not valid afterwards. */
        void accept(ByteBuffer bytes) throws IOException;
    }
}
