package io.sichter.transform;

import io.sichter.image.Image;
import java.util.List;
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
        implements SizeKeeping<RandomRotation.Angle> {
    /**
     * The angle.
     *
     * @param degrees anticlockwise
     */
    public record Angle(double degrees) {}

    /** Copies the list. */
    public RandomRotation {
        fill = Fill.checked(fill);
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
        return rotate(image, draw.degrees(), interpolation, Fill.of(fill, image));
    }

    static Image rotate(Image image, double degrees, Interpolation interpolation, double[] fill) {
        return Affine.rotation(degrees, image.height(), image.width()).apply(image, interpolation, fill);
    }
}
