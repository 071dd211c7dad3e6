package io.sichter.transform;

import io.sichter.image.Image;
import java.util.List;

/** The value of pixels that come from outside the picture: one for all channels, or one per channel. */
final class Fill {
    private Fill() {}

    /**
     * One value per channel.
     *
     * @param fill one number, or one per channel, in the units of the picture's depth
     * @throws IllegalArgumentException if the number of values is another, or one cannot be stored in that depth
     */
    static double[] of(List<Double> fill, Image image) {
        if (fill.size() != 1 && fill.size() != image.channels()) {
            throw new IllegalArgumentException(fill.size() + " fill values do not fit " + image);
        }
        double max = image.depth() == Image.Depth.FLOAT32 ? Double.POSITIVE_INFINITY : Depths.white(image.depth());
        double min = image.depth() == Image.Depth.FLOAT32 ? Double.NEGATIVE_INFINITY : 0;
        double[] values = new double[image.channels()];
        for (int c = 0; c < values.length; c++) {
            values[c] = fill.get(fill.size() == 1 ? 0 : c);
            if (!(values[c] >= min && values[c] <= max)) {
                throw new IllegalArgumentException("Fill value " + values[c] + " does not fit " + image);
            }
        }
        return values;
    }

    /** Checks a list of fill values on its own. */
    static List<Double> checked(List<Double> fill) {
        if (fill.isEmpty()) {
            throw new IllegalArgumentException("Needs at least one fill value");
        }
        return List.copyOf(fill);
    }

    /** So many 8-bit pixels of that value, one after the other. */
    static byte[] bytes(double[] fill, int pixels) {
        byte[] bytes = new byte[fill.length * pixels];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (int) fill[i % fill.length];
        }
        return bytes;
    }
}
