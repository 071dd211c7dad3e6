package io.sichter.transform;

import io.sichter.image.Image;

/**
 * Turns black into white and white into black with a probability, as
 * {@code torchvision.transforms.v2.RandomInvert} does. Any depth (float values from 0 to 1), any number of channels.
 *
 * @param p probability, 0 to 1
 */
public record RandomInvert(double p) implements WithChance {
    @Override
    public Image change(Image image) {
        return Tables.invert(image);
    }
}
