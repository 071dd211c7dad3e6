package io.sichter.transform;

import io.sichter.image.Image;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Rect;

/**
 * Cuts the middle out of a picture, as {@code torchvision.transforms.v2.CenterCrop} does; where the picture is smaller,
 * it is padded with zeros first. Any depth, any number of channels. Nothing is drawn.
 *
 * @param size of the result
 */
public record CenterCrop(Size size) implements Transform<Transform.NoDraw> {
    @Override
    public NoDraw draw(RandomGenerator random, int height, int width) {
        return NoDraw.INSTANCE;
    }

    @Override
    public Image apply(Image image, NoDraw draw) {
        int height = Math.min(size.height(), image.height());
        int width = Math.min(size.width(), image.width());
        Image middle = Geometry.crop(image, half(image.height() - height), half(image.width() - width), height, width);
        if (height == size.height() && width == size.width()) {
            return middle;
        }
        // torchvision pads first and crops then; the padding of one axis does not move the crop of the other.
        Mat padded = Geometry.zeros(image, size);
        int top = (size.height() - height) / 2;
        int left = (size.width() - width) / 2;
        try (Rect box = new Rect(left, top, width, height);
                Mat target = padded.apply(box)) {
            middle.mat().copyTo(target);
        }
        if (middle != image) {
            middle.close();
        }
        return Image.of(padded);
    }

    @Override
    public Size outputSize(Size input, NoDraw draw) {
        return size;
    }

    @Override
    public Optional<Size> fixedSize(Optional<Size> input) {
        return Optional.of(size);
    }

    private static int half(int pixels) {
        return (int) Math.rint(pixels / 2.0); // to even, as Python rounds
    }
}
