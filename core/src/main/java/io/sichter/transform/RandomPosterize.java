package io.sichter.transform;

import io.sichter.image.Image;

/**
 * Keeps only the upper bits of each value with a probability, as {@code torchvision.transforms.v2.RandomPosterize} does.
 * Any number of channels; 16 bit likewise; of float values so many equal steps from 0 to 1.
 *
 * @param bits how many are kept, 0 to 8
 * @param p probability, 0 to 1
 */
public record RandomPosterize(int bits, double p) implements WithChance {
    @Override
    public Image change(Image image) {
        return Tables.posterize(image, bits);
    }
}
