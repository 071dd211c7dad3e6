package io.sichter.transform;

import io.sichter.image.Image;
import java.util.random.RandomGenerator;
import org.bytedeco.opencv.opencv_core.Mat;

/**
 * Takes the colour out of a picture, as {@code torchvision.transforms.v2.Grayscale} does with as many output channels as
 * the picture has: red, green and blue become their weighted mean (0.299, 0.587, 0.114). Any depth. Nothing is drawn. A
 * picture of one channel stays.
 */
public record Grayscale() implements SizeKeeping<Transform.NoDraw> {
    @Override
    public NoDraw draw(RandomGenerator random, int height, int width) {
        return NoDraw.INSTANCE;
    }

    /**
     * Takes the colour out.
     *
     * @throws IllegalArgumentException if there are neither 1 nor 3 channels
     */
    @Override
    public Image apply(Image image, NoDraw draw) {
        return of(image);
    }

    static Image of(Image image) {
        Colours.requireColourOrGrey(image.mat(), "Grey");
        if (image.channels() == 1) {
            return image;
        }
        Mat target = Depths.like(image);
        Colours.grey(image.mat(), target);
        return Image.of(target);
    }
}
