package io.sichter.transform;

import io.sichter.image.Image;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Cuts a corner out of a picture: one of torchvision's {@code FiveCrop}. Where the picture is smaller than the result, this
 * is a {@link CenterCrop} with its padding (torchvision refuses). Nothing is drawn.
 *
 * @param size of the result
 * @param corner which
 */
public record CornerCrop(Size size, Corner corner) implements Transform<Transform.NoDraw> {
    /** A corner, in torchvision's order. */
    public enum Corner {
        /** Above, on the left. */
        TOP_LEFT,
        /** Above, on the right. */
        TOP_RIGHT,
        /** Below, on the left. */
        BOTTOM_LEFT,
        /** Below, on the right. */
        BOTTOM_RIGHT;

        private boolean isBottom() {
            return this == BOTTOM_LEFT || this == BOTTOM_RIGHT;
        }

        private boolean isRight() {
            return this == TOP_RIGHT || this == BOTTOM_RIGHT;
        }
    }

    @Override
    public NoDraw draw(RandomGenerator random, int height, int width) {
        return NoDraw.INSTANCE;
    }

    @Override
    public Image apply(Image image, NoDraw draw) {
        int below = image.height() - size.height();
        int beside = image.width() - size.width();
        if (below < 0 || beside < 0) {
            return new CenterCrop(size).apply(image, draw);
        }
        return Geometry.crop(
                image, corner.isBottom() ? below : 0, corner.isRight() ? beside : 0, size.height(), size.width());
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
