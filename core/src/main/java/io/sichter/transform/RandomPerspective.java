package io.sichter.transform;

import io.sichter.image.Image;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Moves the corners of a picture inwards with a probability, as {@code torchvision.transforms.v2.RandomPerspective} does to
 * a PIL image; the size stays, and what comes from outside is filled. Any depth, any number of channels.
 *
 * <p>Drawn: whether; and for each corner a pixel, uniform in a box at that corner that measures {@code distortionScale}
 * times half the picture.
 *
 * @param distortionScale 0 to 1
 * @param p probability, 0 to 1
 * @param interpolation how a value between pixels is found
 * @param fill value outside the picture: one for all channels, or one per channel
 */
public record RandomPerspective(double distortionScale, double p, Interpolation interpolation, List<Double> fill)
        implements SizeKeeping<RandomPerspective.Distortion> {
    /**
     * Where the corners go.
     *
     * @param corners upper left, upper right, lower right, lower left; empty where nothing is to be done
     */
    public record Distortion(Optional<List<Corner>> corners) {}

    /**
     * A pixel.
     *
     * @param x column
     * @param y row
     */
    public record Corner(int x, int y) {}

    /** Copies the list. */
    public RandomPerspective {
        fill = Fill.checked(fill);
    }

    @Override
    public Distortion draw(RandomGenerator random, int height, int width) {
        if (!(random.nextDouble() < p)) {
            return new Distortion(Optional.empty());
        }
        int boundX = bound(width);
        int boundY = bound(height);
        return new Distortion(Optional.of(List.of(
                new Corner(random.nextInt(boundX), random.nextInt(boundY)),
                new Corner(width - boundX + random.nextInt(boundX), random.nextInt(boundY)),
                new Corner(width - boundX + random.nextInt(boundX), height - boundY + random.nextInt(boundY)),
                new Corner(random.nextInt(boundX), height - boundY + random.nextInt(boundY)))));
    }

    private int bound(int side) {
        int half = side / 2;
        return (int) (distortionScale * half) + 1;
    }

    @Override
    public Image apply(Image image, Distortion draw) {
        if (draw.corners().isEmpty()) {
            return image;
        }
        double right = image.width() - 1;
        double bottom = image.height() - 1;
        double[][] source = {{0, 0}, {right, 0}, {right, bottom}, {0, bottom}};
        double[][] target = draw.corners().get().stream()
                .map(corner -> new double[] {corner.x(), corner.y()})
                .toArray(double[][]::new);
        Warp warp = new Warp(Homography.between(target, source).rounded(), Fill.of(fill, image));
        return interpolation == Interpolation.NEAREST ? warp.nearest(image) : warp.bilinear(image);
    }
}
