package io.sichter.transform;

import io.sichter.image.Image;
import java.util.random.RandomGenerator;

/** A transform that does one thing to a picture, or with the rest of the probability nothing. The size stays. */
public interface WithChance extends SizeKeeping<WithChance.Chance> {
    /**
     * Whether to do it.
     *
     * @param apply drawn true with the transform's probability
     */
    record Chance(boolean apply) {}

    /** The probability, 0 to 1. */
    double p();

    /** What is done to a picture; a new one, or the given one where it is already the result. */
    Image change(Image image);

    @Override
    default Chance draw(RandomGenerator random, int height, int width) {
        return new Chance(random.nextDouble() < p());
    }

    @Override
    default Image apply(Image image, Chance draw) {
        return draw.apply() ? change(image) : image;
    }
}
