package io.sichter.transform;

import io.sichter.image.Image;
import io.sichter.transform.RandomAffine.Parameters;
import io.sichter.transform.RandomAffine.Point;

/**
 * What the automatic policies choose from, with the meanings of {@code torchvision.transforms.v2.AutoAugment} and its
 * kin. A magnitude's sign says the direction; how large it may be is the policy's business ({@link PolicySpace}).
 */
public enum PolicyOperation {
    /** Nothing. */
    IDENTITY(false),
    /** Moves rows sideways by the magnitude times their number. */
    SHEAR_X(true),
    /** Moves columns down by the magnitude times their number. */
    SHEAR_Y(true),
    /** Moves right by so many whole pixels. */
    TRANSLATE_X(true),
    /** Moves down by so many whole pixels. */
    TRANSLATE_Y(true),
    /** Turns anticlockwise by so many degrees. */
    ROTATE(true),
    /** Brightness times 1 + magnitude. */
    BRIGHTNESS(true),
    /** Saturation times 1 + magnitude. */
    COLOR(true),
    /** Contrast times 1 + magnitude. */
    CONTRAST(true),
    /** Sharpness times 1 + magnitude. */
    SHARPNESS(true),
    /** Keeps so many bits. */
    POSTERIZE(false),
    /** Inverts what is at least as bright as the magnitude, where white is 1. */
    SOLARIZE(false),
    /** Stretches each channel; without magnitude. */
    AUTO_CONTRAST(false),
    /** Spreads each channel's values; without magnitude. */
    EQUALIZE(false),
    /** Swaps black and white; without magnitude. */
    INVERT(false);

    private static final Point CORNER = new Point(0, 0);

    private final boolean signed;

    PolicyOperation(boolean signed) {
        this.signed = signed;
    }

    /** Whether a magnitude is as often negative as positive. */
    boolean isSigned() {
        return signed;
    }

    /** Does it; a new picture, or the given one where nothing changes. */
    Image apply(Image image, double magnitude, Interpolation interpolation, double[] fill) {
        double degrees = Math.toDegrees(Math.atan(magnitude));
        int pixels = (int) magnitude;
        Point middle = new Point(image.width() * 0.5, image.height() * 0.5);
        return switch (this) {
            case IDENTITY -> image;
            case SHEAR_X ->
                affine(new Parameters(0, 0, 0, 1, degrees, 0), CORNER).apply(image, interpolation, fill);
            case SHEAR_Y ->
                affine(new Parameters(0, 0, 0, 1, 0, degrees), CORNER).apply(image, interpolation, fill);
            case TRANSLATE_X ->
                affine(new Parameters(0, pixels, 0, 1, 0, 0), middle).apply(image, interpolation, fill);
            case TRANSLATE_Y ->
                affine(new Parameters(0, 0, pixels, 1, 0, 0), middle).apply(image, interpolation, fill);
            case ROTATE -> RandomRotation.rotate(image, magnitude, interpolation, fill);
            case BRIGHTNESS -> ColorJitter.Property.BRIGHTNESS.adjust(image, 1 + magnitude);
            case COLOR -> ColorJitter.Property.SATURATION.adjust(image, 1 + magnitude);
            case CONTRAST -> ColorJitter.Property.CONTRAST.adjust(image, 1 + magnitude);
            case SHARPNESS -> Sharpness.adjust(image, 1 + magnitude);
            case POSTERIZE -> Tables.posterize(image, (int) magnitude);
            case SOLARIZE -> Tables.solarize(image, 255 * magnitude);
            case AUTO_CONTRAST -> Tables.autocontrast(image);
            case EQUALIZE -> Tables.equalize(image);
            case INVERT -> Tables.invert(image);
        };
    }

    private static Affine affine(Parameters parameters, Point center) {
        return RandomAffine.matrix(parameters, center);
    }
}
