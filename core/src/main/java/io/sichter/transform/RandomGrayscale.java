package io.sichter.transform;

import io.sichter.image.Image;

/**
 * Takes the colour out of a picture with a probability, as {@code torchvision.transforms.v2.RandomGrayscale} does: red, green
 * and blue become equal. Any depth. A picture of one channel stays.
 *
 * @param p probability, 0 to 1
 */
public record RandomGrayscale(double p) implements WithChance {
    @Override
    public Image change(Image image) {
        return Grayscale.of(image);
    }
}
