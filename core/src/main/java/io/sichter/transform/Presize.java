package io.sichter.transform;

import io.sichter.image.Image;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Cuts the largest box of the result's shape out of a picture at a random place and resizes it, antialiased bilinear, as
 * fastai's {@code Resize} does in training: the first half of presizing, the second being {@link AugTransforms}. Any depth,
 * any number of channels.
 *
 * <p>Drawn: the place, uniform.
 *
 * @param size of the result
 */
public record Presize(Size size) implements Transform<RandomResizedCrop.Box> {
    @Override
    public RandomResizedCrop.Box draw(RandomGenerator random, int height, int width) {
        double scale = Math.min((double) width / size.width(), (double) height / size.height());
        int w = Math.max(1, (int) (scale * size.width()));
        int h = Math.max(1, (int) (scale * size.height()));
        int left = (int) (random.nextDouble() * (width - w));
        int top = (int) (random.nextDouble() * (height - h));
        return new RandomResizedCrop.Box(top, left, h, w);
    }

    @Override
    public Image apply(Image image, RandomResizedCrop.Box box) {
        return box.resized(image, size);
    }

    @Override
    public Size outputSize(Size input, RandomResizedCrop.Box draw) {
        return size;
    }

    @Override
    public Optional<Size> fixedSize(Optional<Size> input) {
        return Optional.of(size);
    }
}
