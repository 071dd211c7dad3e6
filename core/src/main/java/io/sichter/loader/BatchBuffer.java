package io.sichter.loader;

import io.sichter.dataset.Sample;
import io.sichter.image.Image;
import io.sichter.text.Text;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.opencv_core.Mat;
import org.jspecify.annotations.Nullable;

/**
 * Memory of one batch, used again and again. Different places may be written by different threads at the same time; the
 * {@link Epoch} sees to it that none is written while the batch is being read.
 */
final class BatchBuffer {
    /** What all batches of a loader have in common. */
    record Shape(int batchSize, int height, int width, int channels, Image.Depth depth) {
        int valueBytes() {
            return switch (depth) {
                case UINT8 -> 1;
                case UINT16 -> 2;
                case FLOAT32 -> 4;
            };
        }

        int sampleBytes() {
            return Math.multiplyExact(Math.multiplyExact(height, width), channels * valueBytes());
        }

        int bytes() {
            return Math.multiplyExact(batchSize, sampleBytes());
        }

        boolean fits(Image image) {
            return image.height() == height
                    && image.width() == width
                    && image.channels() == channels
                    && image.depth() == depth;
        }
    }

    private final Shape shape;
    private final ByteBuffer pixels;
    private final @Nullable Sample[] samples;
    private final @Nullable Text[] reasons;

    BatchBuffer(Shape shape) {
        this.shape = shape;
        this.pixels = ByteBuffer.allocateDirect(shape.bytes()).order(ByteOrder.nativeOrder());
        this.samples = new Sample[shape.batchSize()];
        this.reasons = new Text[shape.batchSize()];
    }

    /** Copies a picture, strided or not, to its place; the caller's scope owns what this makes. */
    void put(int place, Sample sample, Image image) {
        if (!shape.fits(image)) {
            throw new IllegalArgumentException("The loader's batches take " + shape + ", got " + image + " from "
                    + sample.source().location());
        }
        Pointer start = new BytePointer(pixels).position((long) place * shape.sampleBytes());
        Mat target = new Mat(
                shape.height(),
                shape.width(),
                opencv_core.CV_MAKETYPE(shape.depth().code(), shape.channels()),
                start);
        image.mat().copyTo(target);
        samples[place] = sample;
        reasons[place] = null;
    }

    /** Notes that a picture cannot be read. */
    void skip(int place, Sample sample, Text reason) {
        samples[place] = sample;
        reasons[place] = reason;
    }

    /** The first {@code count} places as a batch, closed up where pictures are missing. */
    Batch toBatch(int count) {
        long[] targets = new long[count];
        List<String> ids = new ArrayList<>(count);
        List<Batch.Skipped> skipped = new ArrayList<>(0);
        int size = 0;
        for (int place = 0; place < count; place++) {
            Sample sample = java.util.Objects.requireNonNull(samples[place]);
            Text reason = reasons[place];
            if (reason != null) {
                skipped.add(new Batch.Skipped(sample.id(), reason));
                continue;
            }
            move(place, size);
            targets[size] = sample.target();
            ids.add(sample.id());
            size++;
        }
        ByteBuffer view = pixels.duplicate().order(ByteOrder.nativeOrder());
        view.position(0).limit(size * shape.sampleBytes());
        return new Batch(
                view,
                shape.valueBytes(),
                size,
                shape.height(),
                shape.width(),
                shape.channels(),
                java.util.Arrays.copyOf(targets, size),
                List.copyOf(ids),
                List.copyOf(skipped));
    }

    private void move(int from, int to) {
        if (from != to) {
            int bytes = shape.sampleBytes();
            pixels.put(to * bytes, pixels, from * bytes, bytes);
        }
    }
}
