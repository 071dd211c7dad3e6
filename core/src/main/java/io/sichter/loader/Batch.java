package io.sichter.loader;

import io.sichter.text.Text;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Some samples made ready for the device, in buffers that are used again: valid until the next batch is asked for.
 *
 * @param pixels {@code size} pictures one after the other, interleaved (NHWC), a direct buffer from position 0
 * @param depth bytes per channel value: 1 for 8-bit, 2 for 16-bit (unsigned), 4 for float32
 * @param size number of pictures actually in the batch; 0 if none of them could be read
 * @param height height of every picture in pixels
 * @param width width of every picture in pixels
 * @param channels channels of every picture
 * @param targets class index of every picture, {@code [size]}
 * @param ids sample ids in the order of the pictures
 * @param skipped pictures of this batch that could not be read: id and reason; they are not in the batch
 */
@SuppressWarnings(
        "ArrayRecordComponent") // a view of reused buffers: compared by nobody, and targets go to libtorch as they are
public record Batch(
        ByteBuffer pixels,
        int depth,
        int size,
        int height,
        int width,
        int channels,
        long[] targets,
        List<String> ids,
        List<Skipped> skipped) {
    /**
     * A sample that could not be read.
     *
     * @param id its id
     * @param reason why, for people
     */
    public record Skipped(String id, Text reason) {}
}
