package io.sichter.transform;

import io.sichter.image.Image;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Rotates a picture about its middle by a random angle, keeping its size, as
 * {@code torchvision.transforms.v2.RandomRotation} does to a PIL image (without {@code expand} and {@code center}). What
 * comes from outside is filled. Any number of channels; 8 bit, 16 bit and float32.
 *
 * <p>Drawn: the angle, uniform in {@code degrees}.
 *
 * @param degrees range of the angle, anticlockwise
 * @param interpolation how a value between pixels is found
 * @param fill value outside the picture: one for all channels, or one per channel; fractions are dropped for whole-number
 *     depths
 */
public record RandomRotation(Interval degrees, Interpolation interpolation, List<Double> fill)
        implements Transform<RandomRotation.Angle> {
    /** How a value between pixels is found. */
    public enum Interpolation {
        /** The nearest pixel. */
        NEAREST,
        /** Weighted mean of the four nearest. */
        BILINEAR
    }

    /**
     * The angle.
     *
     * @param degrees anticlockwise
     */
    public record Angle(double degrees) {}

    /** Copies the list. */
    public RandomRotation {
        fill = List.copyOf(fill);
        if (fill.isEmpty()) {
            throw new IllegalArgumentException("A rotation needs a fill value");
        }
    }

    @Override
    public Angle draw(RandomGenerator random, int height, int width) {
        return new Angle(degrees.draw(random));
    }

    /**
     * Rotates.
     *
     * @throws IllegalArgumentException if there are several fill values but not one per channel, or one that the
     *     picture's depth cannot store
     */
    @Override
    public Image apply(Image image, Angle draw) {
        if (fill.size() != 1 && fill.size() != image.channels()) {
            throw new IllegalArgumentException(fill.size() + " fill values do not fit " + image);
        }
        Affine affine = Affine.rotation(draw.degrees(), image.height(), image.width());
        if (affine.isIdentity()) {
            return image;
        }
        double[] values = fillFor(image);
        return interpolation == Interpolation.NEAREST ? affine.nearest(image, values) : affine.bilinear(image, values);
    }

    private double[] fillFor(Image image) {
        double max =
                switch (image.depth()) {
                    case UINT8 -> 255;
                    case UINT16 -> 65535;
                    case FLOAT32 -> Double.POSITIVE_INFINITY;
                };
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

    @Override
    public Size outputSize(Size input, Angle draw) {
        return input;
    }

    @Override
    public Optional<Size> fixedSize(Optional<Size> input) {
        return input;
    }
}
