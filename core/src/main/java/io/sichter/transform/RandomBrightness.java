package io.sichter.transform;

import io.sichter.image.Image;
import java.util.random.RandomGenerator;
import org.bytedeco.opencv.opencv_core.Mat;

/**
 * Adds the same random amount to all values, as {@code tf.image.random_brightness} does; {@link ColorJitter} multiplies
 * instead. Whole numbers stay between black and white; float values are not cut off. Any depth, any number of channels.
 *
 * <p>Drawn: the amount, uniform between minus and plus {@code maxDelta}.
 *
 * @param maxDelta at least 0, on a scale where black is 0 and white is 1
 */
public record RandomBrightness(double maxDelta) implements SizeKeeping<RandomBrightness.Delta> {
    /**
     * What is added.
     *
     * @param delta on a scale where black is 0 and white is 1
     */
    public record Delta(double delta) {}

    @Override
    public Delta draw(RandomGenerator random, int height, int width) {
        return new Delta(new Interval(-maxDelta, maxDelta).draw(random));
    }

    @Override
    public Image apply(Image image, Delta draw) {
        Mat target = Depths.like(image);
        image.mat().convertTo(target, target.type(), 1, draw.delta() * Depths.white(image.depth()));
        return Image.of(target);
    }
}
