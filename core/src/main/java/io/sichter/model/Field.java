package io.sichter.model;

import io.sichter.nn.Window;
import java.util.List;

/**
 * The part of a picture that one number of a map depends on (Araujo et al., "Computing Receptive Fields of Convolutional
 * Neural Networks", 2019).
 *
 * @param size height and width in pixels, padding included; {@link #WHOLE} where it is the picture, however large
 * @param jump pixels of the picture from one number to the next
 */
record Field(long size, long jump) {
    /** For {@link #size}: all of the picture. */
    static final long WHOLE = Long.MAX_VALUE;

    /** One pixel of the picture itself. */
    static final Field PIXEL = new Field(1, 1);

    /** What means and linear layers over all places see. */
    static final Field PICTURE = new Field(WHOLE, 1);

    boolean isWhole() {
        return size == WHOLE;
    }

    /** What a number sees that looks at several of these. */
    Field through(Window window) {
        return isWhole() ? this : new Field(size + (window.kernel() - 1) * jump, jump * window.stride());
    }

    /** What a number sees that is made of several maps: the larger part, as they lie around the same middle. */
    static Field ofAll(List<Field> parts) {
        return parts.stream()
                .max(java.util.Comparator.comparingLong(Field::size))
                .orElse(PIXEL);
    }
}
