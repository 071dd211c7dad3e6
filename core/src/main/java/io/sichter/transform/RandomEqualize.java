package io.sichter.transform;

import io.sichter.image.Image;

/**
 * Spreads the values of each channel evenly over 256 levels with a probability, as
 * {@code torchvision.transforms.v2.RandomEqualize} does. Any depth, any number of channels.
 *
 * @param p probability, 0 to 1
 */
public record RandomEqualize(double p) implements WithChance {
    @Override
    public Image change(Image image) {
        return Tables.equalize(image);
    }
}
