package io.sichter.metric;

import io.sichter.error.MemoryException;
import io.sichter.error.Problem;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;

/** Rows of floats outside the Java heap, in blocks, so that growing copies nothing. */
public final class FloatRows {
    private static final int BLOCK = 1 << 20; // floats, 4 MiB

    private final int width;
    private final int rowsPerBlock;
    private final List<FloatBuffer> blocks = new ArrayList<>();
    private int size;

    /**
     * No rows yet.
     *
     * @param width numbers in each
     */
    public FloatRows(int width) {
        this.width = width;
        this.rowsPerBlock = Math.max(1, BLOCK / width);
    }

    /** Number of rows. */
    public int size() {
        return size;
    }

    /** Numbers in each row. */
    public int width() {
        return width;
    }

    /**
     * Adds a row.
     *
     * @throws MemoryException if there is no room for it
     */
    public void add(float[] row) {
        if (row.length != width) {
            throw new IllegalArgumentException(row.length + " probabilities for " + width + " classes");
        }
        if (size == blocks.size() * rowsPerBlock) {
            blocks.add(block());
        }
        blocks.get(size / rowsPerBlock).put(size % rowsPerBlock * width, row);
        size++;
    }

    /** A copy of a row. */
    public float[] row(int row) {
        float[] copy = new float[width];
        blocks.get(row / rowsPerBlock).get(row % rowsPerBlock * width, copy);
        return copy;
    }

    /** Overwrites a row. */
    public void set(int row, float[] values) {
        blocks.get(row / rowsPerBlock).put(row % rowsPerBlock * width, values);
    }

    /** One number. */
    public float get(int row, int column) {
        return blocks.get(row / rowsPerBlock).get(row % rowsPerBlock * width + column);
    }

    private FloatBuffer block() {
        try {
            return ByteBuffer.allocateDirect(Math.multiplyExact(rowsPerBlock * width, Float.BYTES))
                    .order(ByteOrder.nativeOrder())
                    .asFloatBuffer();
        } catch (OutOfMemoryError e) {
            throw new MemoryException(Problem.of("metric.memory", size, width, (long) size * width * Float.BYTES), e);
        }
    }
}
