package io.sichter.transform;

import io.sichter.image.Image;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Overwrites a random box with a probability, as {@code torchvision.transforms.v2.RandomErasing} does (Zhong et al.,
 * "Random Erasing Data Augmentation", AAAI 2020). Any depth, any number of channels.
 *
 * <p>Drawn: whether; the box's area uniform in {@code scale} times the picture's, the ratio log-uniform in {@code ratio},
 * the position uniform. A box that is as high or wide as the picture is drawn again, up to ten times; then nothing is
 * erased, as in torchvision.
 *
 * @param p probability, 0 to 1
 * @param scale bounds of the box's share of the area
 * @param ratio bounds of the box's height divided by its width, above 0
 * @param value grey levels from 0 to 255 whatever the depth, one or one per channel; empty for noise: normally distributed
 *     around the middle grey with a quarter of the range, for the pictures are not normalised yet (torchvision's noise
 *     has mean 0 and standard deviation 1 and is meant for pictures that are)
 */
public record RandomErasing(double p, Interval scale, Interval ratio, Optional<List<Double>> value)
        implements SizeKeeping<RandomErasing.Box> {
    private static final int TRIES = 10;

    /**
     * What is erased.
     *
     * @param top first row
     * @param left first column
     * @param height rows; 0 for nothing
     * @param width columns
     * @param seed of the noise
     */
    public record Box(int top, int left, int height, int width, long seed) {
        static final Box NONE = new Box(0, 0, 0, 0, 0);
    }

    /** Copies the list. */
    public RandomErasing {
        value = value.map(Fill::checked);
    }

    @Override
    public Box draw(RandomGenerator random, int height, int width) {
        if (!(random.nextDouble() < p)) {
            return Box.NONE;
        }
        double area = (double) height * width;
        for (int i = 0; i < TRIES; i++) {
            double erased = area * scale.draw(random);
            double aspect = Math.exp(ratio.log().draw(random));
            int h = (int) Math.rint(Math.sqrt(erased * aspect));
            int w = (int) Math.rint(Math.sqrt(erased / aspect));
            if (h < height && w < width) {
                return new Box(random.nextInt(height - h + 1), random.nextInt(width - w + 1), h, w, random.nextLong());
            }
        }
        return Box.NONE;
    }

    @Override
    public Image apply(Image image, Box box) {
        if (box.height() == 0 || box.width() == 0) {
            return image;
        }
        int channels = image.channels();
        double white = Depths.white(image.depth());
        Pixels pixels = Pixels.of(image);
        Optional<double[]> levels = value.map(v -> levels(v, channels, white));
        float[] noise = levels.isPresent()
                ? new float[0]
                : Noise.normal(box.seed(), box.height() * box.width() * channels, white / 2, white / 4);
        int next = 0;
        for (int y = box.top(); y < box.top() + box.height(); y++) {
            int at = (y * image.width() + box.left()) * channels;
            for (int i = 0; i < box.width() * channels; i++) {
                double v = levels.isPresent() ? levels.get()[i % channels] : noise[next++];
                pixels.set(at + i, Math.max(0, Math.min(v, white)));
            }
        }
        return pixels.toImage(image.height(), image.width(), channels);
    }

    private static double[] levels(List<Double> value, int channels, double white) {
        if (value.size() != 1 && value.size() != channels) {
            throw new IllegalArgumentException(value.size() + " values do not fit " + channels + " channels");
        }
        double[] levels = new double[channels];
        java.util.Arrays.setAll(levels, c -> value.get(value.size() == 1 ? 0 : c) * white / 255);
        return levels;
    }
}
