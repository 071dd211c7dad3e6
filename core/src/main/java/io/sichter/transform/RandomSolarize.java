package io.sichter.transform;

import io.sichter.image.Image;

/**
 * Inverts the bright values with a probability, as {@code torchvision.transforms.v2.RandomSolarize} does. Any depth, any
 * number of channels.
 *
 * @param threshold inverted is what is at least so bright, in grey levels from 0 to 255 whatever the depth
 * @param p probability, 0 to 1
 */
public record RandomSolarize(double threshold, double p) implements WithChance {
    @Override
    public Image change(Image image) {
        return Tables.solarize(image, threshold);
    }
}
