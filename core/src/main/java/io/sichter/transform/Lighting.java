package io.sichter.transform;

import io.sichter.image.Image;

/**
 * A change of brightness and contrast in logits: black and white stay, what lies between bends. Both changes are one table.
 *
 * <p>Source: fastai, {@code vision.augment} (Brightness, Contrast).
 *
 * @param brightness what the middle grey becomes, 0 to 1; 0.5 changes nothing
 * @param contrast factor of the logits; 1 changes nothing
 */
public record Lighting(double brightness, double contrast) {
    /** Nothing changes. */
    public static final Lighting NONE = new Lighting(0.5, 1);

    private static final double SMALLEST = 1e-7;

    /** The picture in that light; itself where nothing changes. */
    Image apply(Image image) {
        if (equals(NONE)) {
            return image;
        }
        double white = Depths.white(image.depth());
        double rounding = image.depth() == Image.Depth.FLOAT32 ? 0 : 0.5;
        double added = logit(brightness);
        return Tables.map(image, v -> white / (1 + Math.exp(-contrast * (logit(v / white) + added))) + rounding);
    }

    private static double logit(double value) {
        double inside = Math.max(SMALLEST, Math.min(value, 1 - SMALLEST));
        return -Math.log(1 / inside - 1);
    }
}
