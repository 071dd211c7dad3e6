package io.sichter.transform;

import io.sichter.image.Image;
import java.util.random.RandomGenerator;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;

/**
 * Blurs with a Gaussian kernel, as {@code torchvision.transforms.v2.GaussianBlur} does; the picture is continued by
 * reflection. Any depth, any number of channels.
 *
 * <p>Drawn: the standard deviation, uniform in {@code sigma}.
 *
 * @param kernelWidth pixels the kernel reaches over horizontally, odd
 * @param kernelHeight the same vertically
 * @param sigma range of the standard deviation in pixels, above 0
 */
public record GaussianBlur(int kernelWidth, int kernelHeight, Interval sigma)
        implements SizeKeeping<GaussianBlur.Sigma> {
    /**
     * The standard deviation.
     *
     * @param sigma in pixels
     */
    public record Sigma(double sigma) {}

    /** Checks that the kernel has a middle. */
    public GaussianBlur {
        if (kernelWidth < 1
                || kernelWidth % 2 == 0
                || kernelHeight < 1
                || kernelHeight % 2 == 0
                || !(sigma.min() > 0)) {
            throw new IllegalArgumentException(
                    "Needs an odd kernel and a sigma above 0: " + kernelWidth + ", " + kernelHeight + ", " + sigma);
        }
    }

    @Override
    public Sigma draw(RandomGenerator random, int height, int width) {
        return new Sigma(sigma.draw(random));
    }

    /** Blurs in float: OpenCV's kernel for bytes has weights of 8 bits, which is up to 2 grey levels off. */
    @Override
    public Image apply(Image image, Sigma draw) {
        Mat target = Depths.like(image);
        try (Mat floats = new Mat();
                org.bytedeco.opencv.opencv_core.Size kernel =
                        new org.bytedeco.opencv.opencv_core.Size(kernelWidth, kernelHeight)) {
            image.mat().convertTo(floats, opencv_core.CV_32F);
            opencv_imgproc.GaussianBlur(
                    floats,
                    floats,
                    kernel,
                    draw.sigma(),
                    draw.sigma(),
                    opencv_core.BORDER_REFLECT_101,
                    opencv_core.ALGO_HINT_ACCURATE);
            floats.convertTo(target, target.type());
        }
        return Image.of(target);
    }
}
