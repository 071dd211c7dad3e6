package io.sichter.transform;

import io.sichter.image.Image;

/**
 * Blurs or sharpens with a probability, as {@code torchvision.transforms.v2.RandomAdjustSharpness} does to a PIL image.
 * Any depth, any number of channels.
 *
 * @param sharpnessFactor at least 0: 0 blurs, 1 changes nothing, 2 sharpens
 * @param p probability, 0 to 1
 */
public record RandomAdjustSharpness(double sharpnessFactor, double p) implements WithChance {
    @Override
    public Image change(Image image) {
        return Sharpness.adjust(image, sharpnessFactor);
    }
}
