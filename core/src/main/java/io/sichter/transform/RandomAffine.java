package io.sichter.transform;

import io.sichter.image.Image;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Rotates, moves, scales and shears a picture about its middle, keeping its size, as
 * {@code torchvision.transforms.v2.RandomAffine} does to a PIL image. What comes from outside is filled. Any depth, any
 * number of channels.
 *
 * <p>Drawn: angle, scale and shears uniform in their ranges; the shift uniform between minus and plus its share of the
 * picture's side, rounded to whole pixels.
 *
 * @param degrees range of the angle, clockwise as in torchvision's {@code affine}
 * @param translate largest shift as a share of width and height
 * @param scale range of the factor, above 0
 * @param shear ranges of the shears in degrees
 * @param interpolation how a value between pixels is found
 * @param fill value outside the picture: one for all channels, or one per channel
 * @param center point that stays, {@code x, y} in pixels from the upper left corner; empty for the middle
 */
public record RandomAffine(
        Interval degrees,
        Translate translate,
        Interval scale,
        Shear shear,
        Interpolation interpolation,
        List<Double> fill,
        Optional<Point> center)
        implements SizeKeeping<RandomAffine.Parameters> {
    /**
     * Largest shift, 0 to 1.
     *
     * @param x share of the width
     * @param y share of the height
     */
    public record Translate(double x, double y) {
        /** No shift. */
        public static final Translate NONE = new Translate(0, 0);
    }

    /**
     * Ranges of the shears, degrees.
     *
     * @param x along x
     * @param y along y
     */
    public record Shear(Interval x, Interval y) {
        /** No shear. */
        public static final Shear NONE = new Shear(new Interval(0, 0), new Interval(0, 0));
    }

    /**
     * A point of a picture.
     *
     * @param x pixels from the left
     * @param y pixels from the top
     */
    public record Point(double x, double y) {}

    /**
     * What was drawn.
     *
     * @param angle degrees
     * @param translateX pixels to the right
     * @param translateY pixels down
     * @param scale factor
     * @param shearX degrees
     * @param shearY degrees
     */
    public record Parameters(
            double angle, int translateX, int translateY, double scale, double shearX, double shearY) {}

    /** Copies the list. */
    public RandomAffine {
        fill = Fill.checked(fill);
    }

    @Override
    public Parameters draw(RandomGenerator random, int height, int width) {
        double angle = degrees.draw(random);
        int moveX = (int) Math.rint(new Interval(-translate.x() * width, translate.x() * width).draw(random));
        int moveY = (int) Math.rint(new Interval(-translate.y() * height, translate.y() * height).draw(random));
        double factor = scale.draw(random);
        return new Parameters(
                angle, moveX, moveY, factor, shear.x().draw(random), shear.y().draw(random));
    }

    @Override
    public Image apply(Image image, Parameters draw) {
        Point middle = new Point(image.width() * 0.5, image.height() * 0.5);
        return matrix(draw, center.orElse(middle)).apply(image, interpolation, Fill.of(fill, image));
    }

    /** From the result to the source: the inverse of shear, scale, rotation and shift about a point. */
    static Affine matrix(Parameters draw, Point center) {
        double rotation = Math.toRadians(draw.angle());
        double shearX = Math.toRadians(draw.shearX());
        double shearY = Math.toRadians(draw.shearY());
        double a = Math.cos(rotation - shearY) / Math.cos(shearY);
        double b = -a * Math.tan(shearX) - Math.sin(rotation);
        double c = Math.sin(rotation - shearY) / Math.cos(shearY);
        double d = -c * Math.tan(shearX) + Math.cos(rotation);
        double m0 = d / draw.scale();
        double m1 = -b / draw.scale();
        double m3 = -c / draw.scale();
        double m4 = a / draw.scale();
        double x = -center.x() - draw.translateX();
        double y = -center.y() - draw.translateY();
        return new Affine(m0, m1, m0 * x + m1 * y + center.x(), m3, m4, m3 * x + m4 * y + center.y());
    }
}
