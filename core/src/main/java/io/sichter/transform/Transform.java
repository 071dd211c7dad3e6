package io.sichter.transform;

import io.sichter.image.Image;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Picture to picture. What is random is drawn in {@link #draw}; {@link #apply} is a pure function of the picture and
 * what was drawn, so that a draw can be logged, repeated and tested. Implementations are immutable and safe to use from
 * several threads.
 *
 * @param <D> what is drawn: a record, or {@link NoDraw} for a transform without randomness
 */
public interface Transform<D> {
    /** The draw of a transform that draws nothing. */
    record NoDraw() {
        /** The only one. */
        public static final NoDraw INSTANCE = new NoDraw();
    }

    /**
     * Draws the parameters for one picture.
     *
     * @param random this sample's own stream
     * @param height height of the picture in pixels
     * @param width width of the picture in pixels
     */
    D draw(RandomGenerator random, int height, int width);

    /**
     * Applies the transform.
     *
     * @return a new picture (possibly a view of the given one's memory, which it keeps alive), or the given one where
     *     nothing is to be done; the given one is not changed
     */
    Image apply(Image image, D draw);

    /** The size that {@link #apply} gives a picture of the given size. */
    Size outputSize(Size input, D draw);

    /**
     * The size of the result as far as it can be said before anything is drawn.
     *
     * @param input size of the picture, empty when it may have any
     * @return the size that every result has, empty when it depends on the picture or on what is drawn
     */
    Optional<Size> fixedSize(Optional<Size> input);
}
