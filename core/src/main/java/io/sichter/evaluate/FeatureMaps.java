package io.sichter.evaluate;

/**
 * What a layer makes of a picture.
 *
 * @param architecture registered name of the network
 * @param layer name of the layer as its parameters carry it
 * @param count number of maps
 * @param height of each
 * @param width of each
 * @param values row by row, map by map
 */
@SuppressWarnings("ArrayRecordComponent") // handed over once, to be drawn; never compared
public record FeatureMaps(String architecture, String layer, int count, int height, int width, float[] values) {
    /** One number of one map. */
    public float value(int map, int row, int column) {
        return values[(map * height + row) * width + column];
    }
}
