package io.sichter.transform;

import io.sichter.image.Image;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.opencv_core.Mat;

/**
 * Swaps top and bottom with a probability, as {@code torchvision.transforms.v2.RandomVerticalFlip} does. Any depth, any
 * number of channels.
 *
 * @param p probability, 0 to 1
 */
public record RandomVerticalFlip(double p) implements WithChance {
    @Override
    public Image change(Image image) {
        Mat flipped = Depths.like(image);
        opencv_core.flip(image.mat(), flipped, 0);
        return Image.of(flipped);
    }
}
