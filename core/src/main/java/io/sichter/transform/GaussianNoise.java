package io.sichter.transform;

import io.sichter.image.Image;
import java.util.random.RandomGenerator;

/**
 * Adds normally distributed noise to each value, as {@code torchvision.transforms.v2.GaussianNoise} does to a tensor (it
 * refuses PIL images). For whole-number depths the noise drops its fraction towards zero before it is added, as there.
 * Any depth, any number of channels.
 *
 * <p>Drawn: the seed of the noise.
 *
 * @param mean of the noise, on a scale where black is 0 and white is 1
 * @param sigma standard deviation on that scale, at least 0
 * @param clip whether values are kept between black and white; if not, whole numbers wrap around, as in torchvision
 */
public record GaussianNoise(double mean, double sigma, boolean clip) implements SizeKeeping<GaussianNoise.Seed> {
    /**
     * Where the noise comes from.
     *
     * @param seed of its generator
     */
    public record Seed(long seed) {}

    @Override
    public Seed draw(RandomGenerator random, int height, int width) {
        return new Seed(random.nextLong());
    }

    @Override
    public Image apply(Image image, Seed draw) {
        double white = Depths.white(image.depth());
        Pixels pixels = Pixels.of(image);
        float[] noise = Noise.normal(draw.seed(), pixels.length(), mean * white, sigma * white);
        boolean whole = image.depth() != Image.Depth.FLOAT32;
        for (int i = 0; i < noise.length; i++) {
            double value = pixels.get(i) + (whole ? (int) noise[i] : noise[i]);
            pixels.set(i, clip ? Math.max(0, Math.min(value, white)) : value);
        }
        return pixels.toImage(image.height(), image.width(), image.channels());
    }
}
