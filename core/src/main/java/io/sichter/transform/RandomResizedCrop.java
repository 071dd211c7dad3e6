package io.sichter.transform;

import io.sichter.image.Image;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Cuts out a box of random area and aspect ratio and resizes it, antialiased bilinear, as
 * {@code torchvision.transforms.v2.RandomResizedCrop} does ("Inception crop", Szegedy et al., "Going Deeper with
 * Convolutions", 2015). Any depth, any number of channels.
 *
 * <p>Drawn: area uniform in {@code scale} times the picture's, ratio log-uniform in {@code ratio}, position uniform; ten
 * tries, then the largest middle box whose ratio is allowed. The numbers come from Sichter's generator, so they are
 * distributed as torchvision's but not equal to them.
 *
 * @param size of the result
 * @param scale bounds of the box's share of the area, above 0, at most 1
 * @param ratio bounds of the box's width divided by its height, above 0
 */
public record RandomResizedCrop(Size size, Interval scale, Interval ratio) implements Transform<RandomResizedCrop.Box> {
    private static final int TRIES = 10;

    /**
     * The part of the picture that is kept.
     *
     * @param top first row
     * @param left first column
     * @param height rows
     * @param width columns
     */
    public record Box(int top, int left, int height, int width) {
        /** The part of a picture, resized. */
        Image resized(Image image, Size size) {
            Image view = Geometry.crop(image, top, left, height, width);
            Image resized = Geometry.resize(view, size);
            if (view != image && view != resized) {
                view.close();
            }
            return resized;
        }
    }

    @Override
    public Box draw(RandomGenerator random, int height, int width) {
        double area = (double) height * width;
        for (int i = 0; i < TRIES; i++) {
            double targetArea = area * scale.draw(random);
            double aspect = Math.exp(ratio.log().draw(random));
            long w = (long) Math.rint(Math.sqrt(targetArea * aspect));
            long h = (long) Math.rint(Math.sqrt(targetArea / aspect));
            if (w > 0 && w <= width && h > 0 && h <= height) {
                int top = random.nextInt(height - (int) h + 1);
                int left = random.nextInt(width - (int) w + 1);
                return new Box(top, left, (int) h, (int) w);
            }
        }
        return fallback(height, width);
    }

    /** The middle box taken when no try fitted. */
    Box fallback(int height, int width) {
        double aspect = (double) width / height;
        int h = height;
        int w = width;
        if (aspect < ratio.min()) {
            h = Math.max(1, (int) Math.rint(width / ratio.min()));
        } else if (aspect > ratio.max()) {
            w = Math.max(1, (int) Math.rint(height * ratio.max()));
        }
        return new Box((height - h) / 2, (width - w) / 2, h, w);
    }

    @Override
    public Image apply(Image image, Box box) {
        return box.resized(image, size);
    }

    @Override
    public Size outputSize(Size input, Box draw) {
        return size;
    }

    @Override
    public Optional<Size> fixedSize(Optional<Size> input) {
        return Optional.of(size);
    }
}
