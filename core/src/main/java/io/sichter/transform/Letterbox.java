package io.sichter.transform;

import io.sichter.image.Image;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Resizes a picture, antialiased bilinear, so that it just fits into a box, keeping its aspect ratio, and fills the rest
 * of the box evenly at both ends. Nothing is cut off and nothing is squeezed. Any depth, any number of channels. Nothing is
 * drawn.
 *
 * @param size of the result
 * @param fill value of the rest: one for all channels, or one per channel
 */
public record Letterbox(Size size, List<Double> fill) implements Transform<Transform.NoDraw> {
    /** Copies the list. */
    public Letterbox {
        fill = Fill.checked(fill);
    }

    @Override
    public NoDraw draw(RandomGenerator random, int height, int width) {
        return NoDraw.INSTANCE;
    }

    @Override
    public Image apply(Image image, NoDraw draw) {
        Size inner = inner(image.height(), image.width());
        int rows = size.height() - inner.height();
        int columns = size.width() - inner.width();
        Padding padding = new Padding(columns / 2, rows / 2, columns - columns / 2, rows - rows / 2);
        Image resized = Geometry.resize(image, inner);
        Image result = padding.apply(resized, fill, Padding.Mode.CONSTANT);
        if (resized != image && resized != result) {
            resized.close();
        }
        return result;
    }

    private Size inner(int height, int width) {
        double scale = Math.min((double) size.height() / height, (double) size.width() / width);
        return new Size(
                Math.max(1, Math.min(size.height(), (int) Math.rint(height * scale))),
                Math.max(1, Math.min(size.width(), (int) Math.rint(width * scale))));
    }

    @Override
    public Size outputSize(Size input, NoDraw draw) {
        return size;
    }

    @Override
    public Optional<Size> fixedSize(Optional<Size> input) {
        return Optional.of(size);
    }
}
