package io.sichter.transform;

import io.sichter.image.Image;

/**
 * Stretches each channel to the whole range from black to white with a probability, as
 * {@code torchvision.transforms.v2.RandomAutocontrast} does. Any depth, any number of channels. A picture that has the
 * whole range already, or one value only, stays.
 *
 * @param p probability, 0 to 1
 */
public record RandomAutocontrast(double p) implements WithChance {
    @Override
    public Image change(Image image) {
        return Tables.autocontrast(image);
    }
}
