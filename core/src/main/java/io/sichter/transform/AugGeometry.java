package io.sichter.transform;

import io.sichter.image.Image;
import io.sichter.transform.AugTransforms.Drawn;
import java.util.List;

/**
 * The geometry of {@link AugTransforms}: from a pixel of the result through crop, zoom, rotation, symmetry and warp to a
 * point of the source, all as one map. Coordinates go from -1 to 1 between the middles of the outermost pixels, as in
 * fastai ({@code align_corners=True}).
 */
final class AugGeometry {
    private static final double[][] CORNERS = {{-1, -1}, {-1, 1}, {1, -1}, {1, 1}};

    private AugGeometry() {}

    /** Whether the result is the picture itself. */
    static boolean isStill(Drawn draw, Image image, Size result) {
        return result.equals(new Size(image.height(), image.width()))
                && draw.crop().equals(new RandomResizedCrop.Box(0, 0, image.height(), image.width()))
                && draw.symmetry() == 0
                && draw.warpX() == 0
                && draw.warpY() == 0
                && draw.degrees() == 0
                && draw.zoom().factor() == 1;
    }

    /** The picture seen through the map, with what is outside reflected. */
    static Image warp(Image image, Drawn draw, Size result) {
        Homography numbers = numbers(draw, image.height(), image.width(), result);
        int margin = margin(numbers, image, result);
        Padding padding = Padding.all(margin);
        Image padded = padding.apply(image, List.of(0.0), Padding.Mode.REFLECT);
        Homography points = Homography.scaling(1, 1, margin + 0.5, margin + 0.5)
                .after(numbers)
                .after(Homography.scaling(1, 1, -0.5, -0.5));
        Image warped = Warp.rounding(points, new double[image.channels()]).bilinear(padded, result);
        if (padded != image) {
            padded.close();
        }
        return warped;
    }

    /** From pixel numbers of the result to pixel numbers of the source. */
    static Homography numbers(Drawn draw, int height, int width, Size result) {
        RandomResizedCrop.Box crop = draw.crop();
        Homography toCrop = Homography.scaling(
                step(crop.width(), result.width()), step(crop.height(), result.height()), crop.left(), crop.top());
        double halfX = Math.max(width - 1, 1) / 2.0;
        double halfY = Math.max(height - 1, 1) / 2.0;
        Homography toUnits = Homography.scaling(1 / halfX, 1 / halfY, -1, -1);
        Homography fromUnits = Homography.scaling(halfX, halfY, halfX, halfY);
        return fromUnits
                .after(warp(draw.warpX(), draw.warpY()))
                .after(inPixels(linear(draw), (double) height / width))
                .after(toUnits)
                .after(toCrop);
    }

    private static double step(int from, int to) {
        return to == 1 ? 0 : (from - 1.0) / (to - 1);
    }

    /** Symmetry after rotation after zoom. */
    private static Homography linear(Drawn draw) {
        double angle = Math.toRadians(draw.degrees());
        double s = 1 / draw.zoom().factor();
        Homography zoom = Homography.scaling(
                s,
                s,
                (1 - s) * (2 * draw.zoom().x() - 1),
                (1 - s) * (2 * draw.zoom().y() - 1));
        Homography rotation =
                Homography.affine(Math.cos(angle), Math.sin(angle), 0, -Math.sin(angle), Math.cos(angle), 0);
        return symmetry(draw.symmetry()).after(rotation).after(zoom);
    }

    /** 0 is none, 1 left and right, then fastai's order: the odd ones and 6 of the upper four swap the axes. */
    private static Homography symmetry(int number) {
        int x = List.of(1, -1, 1, -1, -1, 1, 1, -1).get(number);
        int y = List.of(1, 1, -1, 1, -1, -1, 1, -1).get(number);
        int straight = List.of(1, 1, 1, 0, 1, 0, 0, 0).get(number);
        return Homography.affine(x * straight, x * (1 - straight), 0, y * (1 - straight), y * straight, 0);
    }

    /** Units of x and y differ in pixels; fastai corrects the product, not each factor. */
    private static Homography inPixels(Homography linear, double heightToWidth) {
        return linear.mixing(heightToWidth, 1 / heightToWidth);
    }

    private static Homography warp(double x, double y) {
        double[][] moved = {{-1 - y, -1 - x}, {-1 + y, 1 + x}, {1 + y, -1 + x}, {1 - y, 1 - x}};
        return Homography.between(moved, CORNERS);
    }

    /** Pixels beyond the picture that the corners of the result reach, at most the picture once more. */
    private static int margin(Homography numbers, Image image, Size result) {
        double beyond = 0;
        for (int corner = 0; corner < 4; corner++) {
            double x = corner % 2 == 0 ? 0 : result.width() - 1;
            double y = corner < 2 ? 0 : result.height() - 1;
            double w = numbers.w(x, y);
            double sourceX = numbers.x(x, y) / w;
            double sourceY = numbers.y(x, y) / w;
            beyond = Math.max(beyond, Math.max(-sourceX, sourceX - image.width() + 1));
            beyond = Math.max(beyond, Math.max(-sourceY, sourceY - image.height() + 1));
        }
        return (int) Math.ceil(Math.min(beyond, Math.max(image.height(), image.width()))) + 1;
    }
}
