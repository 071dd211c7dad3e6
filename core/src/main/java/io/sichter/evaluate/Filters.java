package io.sichter.evaluate;

/**
 * The filters of a network's first convolution, or numbers that belong to them one by one.
 *
 * @param architecture registered name of the network
 * @param layer name of the layer as its parameters carry it
 * @param count number of filters
 * @param channels channels of the pictures that each looks at
 * @param size height and width, pixels
 * @param values row by row, channel by channel, filter by filter
 */
@SuppressWarnings("ArrayRecordComponent") // handed over once, to be drawn; never compared
public record Filters(String architecture, String layer, int count, int channels, int size, float[] values) {
    /** One weight. */
    public float value(int filter, int channel, int row, int column) {
        return values[((filter * channels + channel) * size + row) * size + column];
    }

    /** The weight of a filter that is furthest from 0. */
    public float largest(int filter) {
        int each = channels * size * size;
        float largest = 0;
        for (int i = filter * each; i < (filter + 1) * each; i++) {
            largest = Math.max(largest, Math.abs(values[i]));
        }
        return largest;
    }
}
