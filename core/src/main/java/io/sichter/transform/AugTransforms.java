package io.sichter.transform;

import io.sichter.image.Image;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Flip, warp, rotation, zoom, crop and light in one go, as fastai's {@code aug_transforms} draws them: all geometry is
 * composed into one {@link Homography} and costs one bilinear interpolation, all light one table. What comes from outside
 * is reflected. Any depth, any number of channels.
 *
 * <p>Drawn as in fastai, but for each picture on its own (fastai draws the crop once per batch): the flip with probability
 * 0.5, or with {@code flipVert} one of the eight symmetries of the square in half of the cases; with {@code pAffine} each
 * on its own the two warps, the rotation and the zoom, whose middle is uniform over the picture; with {@code pLighting}
 * brightness and contrast; the crop's area uniform from {@code minScale} to 1 of the picture, with the result's shape.
 *
 * <p>Source: Howard and Gugger, "fastai: A Layered API for Deep Learning", Information 11 (2020).
 *
 * @param ranges how much of each
 * @param doFlip whether to flip
 * @param flipVert whether also upside down and on its side
 * @param pAffine probability of each of warp, rotation and zoom
 * @param pLighting probability of each of brightness and contrast
 * @param size of the result; empty to keep the picture's
 * @param minScale least share of the area that is kept, above 0; 1 keeps all
 */
public record AugTransforms(
        AugRanges ranges,
        boolean doFlip,
        boolean flipVert,
        double pAffine,
        double pLighting,
        Optional<Size> size,
        double minScale)
        implements Transform<AugTransforms.Drawn> {
    private static final int SYMMETRIES = 8;

    /**
     * What was drawn.
     *
     * @param symmetry 0 for none, else one of the square's seven others
     * @param warpX perspective along x, 0 for none
     * @param warpY perspective along y
     * @param degrees rotation, anticlockwise
     * @param zoom the zoom and its middle
     * @param crop the part that is kept
     * @param light brightness and contrast
     */
    public record Drawn(
            int symmetry,
            double warpX,
            double warpY,
            double degrees,
            Zoom zoom,
            RandomResizedCrop.Box crop,
            Lighting light) {}

    /**
     * A zoom.
     *
     * @param factor above 1 for closer
     * @param x where the middle lies, 0 left to 1 right
     * @param y the same, 0 top to 1 bottom
     */
    public record Zoom(double factor, double x, double y) {}

    @Override
    public Drawn draw(RandomGenerator random, int height, int width) {
        double warp = ranges.maxWarp();
        return new Drawn(
                symmetry(random),
                sometimes(random, pAffine, new Interval(-warp, warp), 0),
                sometimes(random, pAffine, new Interval(-warp, warp), 0),
                sometimes(random, pAffine, new Interval(-ranges.maxRotate(), ranges.maxRotate()), 0),
                new Zoom(
                        sometimes(random, pAffine, new Interval(ranges.minZoom(), ranges.maxZoom()), 1),
                        random.nextDouble(),
                        random.nextDouble()),
                crop(random, height, width),
                light(random));
    }

    private int symmetry(RandomGenerator random) {
        boolean some = random.nextDouble() < 0.5;
        int any = random.nextInt(SYMMETRIES);
        return !doFlip || !some ? 0 : flipVert ? any : 1;
    }

    private Lighting light(RandomGenerator random) {
        double max = ranges.maxLighting();
        double log = Math.log(1 - max);
        return new Lighting(
                sometimes(random, pLighting, new Interval(0.5 * (1 - max), 0.5 * (1 + max)), 0.5),
                Math.exp(sometimes(random, pLighting, new Interval(log, -log), 0)));
    }

    private static double sometimes(RandomGenerator random, double p, Interval range, double otherwise) {
        boolean applied = random.nextDouble() < p;
        double drawn = range.draw(random);
        return applied ? drawn : otherwise;
    }

    private RandomResizedCrop.Box crop(RandomGenerator random, int height, int width) {
        RandomResizedCrop.Box whole = new RandomResizedCrop.Box(0, 0, height, width);
        if (minScale == 1) {
            return whole;
        }
        Interval square = new Interval(1, 1);
        RandomResizedCrop cutter =
                new RandomResizedCrop(size.orElse(new Size(height, width)), new Interval(minScale, 1), square);
        return cutter.draw(random, height, width);
    }

    @Override
    public Image apply(Image image, Drawn draw) {
        Size result = outputSize(new Size(image.height(), image.width()), draw);
        Image warped = AugGeometry.isStill(draw, image, result) ? image : AugGeometry.warp(image, draw, result);
        Image lit = draw.light().apply(warped);
        if (warped != image && warped != lit) {
            warped.close();
        }
        return lit;
    }

    @Override
    public Size outputSize(Size input, Drawn draw) {
        return size.orElse(input);
    }

    @Override
    public Optional<Size> fixedSize(Optional<Size> input) {
        return size.isPresent() ? size : input;
    }
}
