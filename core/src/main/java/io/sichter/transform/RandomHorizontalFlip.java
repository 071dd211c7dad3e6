package io.sichter.transform;

import io.sichter.image.Image;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.opencv_core.Mat;

/**
 * Swaps left and right with a probability, as {@code torchvision.transforms.v2.RandomHorizontalFlip} does. Any depth,
 * any number of channels.
 *
 * @param p probability, 0 to 1
 */
public record RandomHorizontalFlip(double p) implements Transform<RandomHorizontalFlip.Flip> {
    /**
     * Whether to flip.
     *
     * @param flip drawn true with the transform's probability
     */
    public record Flip(boolean flip) {}

    @Override
    public Flip draw(RandomGenerator random, int height, int width) {
        return new Flip(random.nextDouble() < p);
    }

    @Override
    public Image apply(Image image, Flip draw) {
        if (!draw.flip()) {
            return image;
        }
        Mat flipped = new Mat(image.height(), image.width(), image.mat().type());
        opencv_core.flip(image.mat(), flipped, 1);
        return Image.of(flipped);
    }

    @Override
    public Size outputSize(Size input, Flip draw) {
        return input;
    }

    @Override
    public Optional<Size> fixedSize(Optional<Size> input) {
        return input;
    }
}
