package io.sichter.transform;

/**
 * Height and width of a picture in pixels.
 *
 * @param height rows
 * @param width columns
 */
public record Size(int height, int width) {
    /** A square. */
    public static Size square(int side) {
        return new Size(side, side);
    }

    @Override
    public String toString() {
        return height + "x" + width;
    }
}
