package io.sichter.transform;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The operations of a policy and how large their magnitudes may be. Magnitudes lie on a grid of so many bins, computed in
 * float as torchvision does.
 *
 * @param operations each is chosen equally often
 * @param shear largest
 * @param translate largest, as a share of the picture's side or in pixels
 * @param translateInPixels whether it is in pixels
 * @param rotate largest, degrees
 * @param enhance largest change of brightness, colour, contrast and sharpness
 * @param bits of posterize: the most that are kept, and how many fewer in the last bin
 */
record PolicySpace(
        List<PolicyOperation> operations,
        float shear,
        double translate,
        boolean translateInPixels,
        float rotate,
        float enhance,
        Bits bits) {
    /** Bits that posterize keeps. */
    record Bits(int most, int range) {}

    private static final List<PolicyOperation> ALL_BUT_INVERT = without(PolicyOperation.INVERT);

    /** Cubuk et al., "RandAugment", NeurIPS 2020. */
    static final PolicySpace RAND_AUGMENT =
            new PolicySpace(ALL_BUT_INVERT, 0.3f, 150.0 / 331, false, 30, 0.9f, new Bits(8, 4));

    /** Müller and Hutter, "TrivialAugment", ICCV 2021: the wide space. */
    static final PolicySpace TRIVIAL_AUGMENT_WIDE =
            new PolicySpace(ALL_BUT_INVERT, 0.99f, 32, true, 135, 0.99f, new Bits(8, 6));

    /** Hendrycks et al., "AugMix", ICLR 2020: all operations. */
    static final PolicySpace AUG_MIX = new PolicySpace(
            without(PolicyOperation.INVERT, PolicyOperation.IDENTITY), 0.3f, 1.0 / 3, false, 30, 0.9f, new Bits(4, 4));

    /** The same without those that the corruptions of ImageNet-C resemble. */
    static final PolicySpace AUG_MIX_PARTIAL = new PolicySpace(
            without(
                    PolicyOperation.INVERT,
                    PolicyOperation.IDENTITY,
                    PolicyOperation.BRIGHTNESS,
                    PolicyOperation.COLOR,
                    PolicyOperation.CONTRAST,
                    PolicyOperation.SHARPNESS),
            0.3f,
            1.0 / 3,
            false,
            30,
            0.9f,
            new Bits(4, 4));

    private static List<PolicyOperation> without(PolicyOperation... left) {
        return Arrays.stream(PolicyOperation.values())
                .filter(operation -> !List.of(left).contains(operation))
                .toList();
    }

    /** One operation of the space, with the magnitude of a bin, in a random direction. */
    PolicyChain.Step draw(RandomGenerator random, int bin, int bins, Size size) {
        return signed(operations.get(random.nextInt(operations.size())), random, bin, bins, size);
    }

    /** An operation with the magnitude of a bin, in a random direction. */
    PolicyChain.Step signed(PolicyOperation operation, RandomGenerator random, int bin, int bins, Size size) {
        double magnitude = magnitude(operation, bin, bins, size);
        boolean negative = operation.isSigned() && random.nextDouble() <= 0.5;
        return new PolicyChain.Step(operation, negative ? -magnitude : magnitude);
    }

    /** Magnitude of a bin for pictures of a size, without direction. */
    double magnitude(PolicyOperation operation, int bin, int bins, Size size) {
        return switch (operation) {
            case SHEAR_X, SHEAR_Y -> line(0, shear, bin, bins);
            case TRANSLATE_X -> line(0, reach(size.width()), bin, bins);
            case TRANSLATE_Y -> line(0, reach(size.height()), bin, bins);
            case ROTATE -> line(0, rotate, bin, bins);
            case BRIGHTNESS, COLOR, CONTRAST, SHARPNESS -> line(0, enhance, bin, bins);
            case POSTERIZE -> Math.rint(bits.most() - bin / ((bins - 1f) / bits.range()));
            case SOLARIZE -> line(1, 0, bin, bins);
            case IDENTITY, AUTO_CONTRAST, EQUALIZE, INVERT -> 0;
        };
    }

    private float reach(int side) {
        return (float) (translateInPixels ? translate : translate * side);
    }

    /** Evenly from first to last, counted from the nearer end. */
    private static float line(float first, float last, int bin, int bins) {
        if (bins == 1) {
            return first;
        }
        float step = (last - first) / (bins - 1);
        return bin < bins / 2 ? first + step * bin : last - step * (bins - 1 - bin);
    }
}
