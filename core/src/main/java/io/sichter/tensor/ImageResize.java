package io.sichter.tensor;

import io.sichter.image.Image;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Size;
import org.bytedeco.pytorch.InferenceMode;
import org.bytedeco.pytorch.InterpolateFuncOptions;
import org.bytedeco.pytorch.LongVector;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.kBicubic;
import org.bytedeco.pytorch.kBilinear;

/**
 * Antialiased resize of 8-bit pictures, within one grey level of Pillow's {@code BILINEAR} and {@code BICUBIC}.
 *
 * <p>Where a side shrinks this is libtorch's vectorised kernel ({@code aten::_upsample_bilinear2d_aa} on channels_last
 * bytes), which follows Pillow's fixed-point algorithm. Where no side shrinks the triangle filter does not widen, and
 * OpenCV's bilinear resize gives the same in less time and without a copy of a strided view.
 *
 * <p>Safe to call from any number of threads. For up to {@link #MAX_CHANNELS} channels the kernel starts no OpenMP
 * threads on x86-64 (checked by a test on Linux); with more it does, so those are not taken here. OpenCV is set to one
 * thread per call, for the process. About 0.2 ms for 500x375x3 to 224x224.
 */
public final class ImageResize {
    /** Most channels that the vectorised kernel takes. */
    public static final int MAX_CHANNELS = 4;

    static {
        // Pictures are made in parallel already; OpenCV's own threads would compete with the workers and the network.
        opencv_core.setNumThreads(1);
    }

    private ImageResize() {}

    /**
     * Resizes with a triangle filter that widens when shrinking, as Pillow's {@code BILINEAR} does.
     *
     * @param image 8 bit, 1 to {@link #MAX_CHANNELS} channels; not changed, and may be a strided view
     * @param height of the result in pixels, at least 1
     * @param width of the result in pixels, at least 1
     * @return a new picture with memory of its own
     * @throws IllegalArgumentException if the picture is of another kind or the size is not positive
     */
    public static Image bilinear(Image image, int height, int width) {
        require(image, height, width);
        Mat target = new Mat(height, width, opencv_core.CV_8UC(image.channels()));
        if (height >= image.height() && width >= image.width()) {
            try (Size size = new Size(width, height)) {
                opencv_imgproc.resize(image.mat(), target, size, 0, 0, opencv_imgproc.INTER_LINEAR);
            }
        } else {
            resample(image.mat(), target, false);
        }
        return Image.of(target);
    }

    private static void require(Image image, int height, int width) {
        if (image.depth() != Image.Depth.UINT8 || image.channels() > MAX_CHANNELS) {
            throw new IllegalArgumentException("Resizes 8-bit pictures of 1 to 4 channels, got " + image);
        }
        if (height < 1 || width < 1) {
            throw new IllegalArgumentException("Size must be positive, got " + height + "x" + width);
        }
    }

    /**
     * Resizes with Pillow's {@code BICUBIC}: a cubic filter of coefficient -0.5 that widens when shrinking.
     *
     * @param image see {@link #bilinear}
     * @return a new picture with memory of its own
     * @throws IllegalArgumentException if the picture is of another kind or the size is not positive
     */
    public static Image bicubic(Image image, int height, int width) {
        require(image, height, width);
        Mat target = new Mat(height, width, opencv_core.CV_8UC(image.channels()));
        if (width > image.width() && height < image.height()) {
            // Pillow begins with the direction that leaves fewer pixels, libtorch with the width: what is cut off at
            // black and white in between makes up to 8 grey levels.
            try (Mat flat = new Mat(height, image.width(), opencv_core.CV_8UC(image.channels()))) {
                resample(image.mat(), flat, true);
                resample(flat, target, true);
            }
        } else {
            resample(image.mat(), target, true);
        }
        return Image.of(target);
    }

    @SuppressWarnings("try") // scope and guard are there to be closed; nothing else is asked of them
    private static void resample(Mat image, Mat target, boolean cubic) {
        try (Scope scope = Scope.open();
                InferenceMode withoutAutograd = new InferenceMode(true)) {
            // A torch copy of a strided view would run on OpenMP threads; OpenCV's runs on this one.
            Mat source = image.isContinuous() ? image : image.clone();
            long[] shape = {1, source.rows(), source.cols(), source.channels()};
            Tensor channelsLast = torch.from_blob(source.data(), shape, new TensorOptions(torch.ScalarType.Byte))
                    .permute(0, 3, 1, 2);
            Tensor resized = torch.interpolate(channelsLast, options(target.rows(), target.cols(), cubic));
            Pointer.memcpy(target.data(), resized.data_ptr(), target.total() * target.elemSize());
        }
    }

    private static InterpolateFuncOptions options(long height, long width, boolean cubic) {
        InterpolateFuncOptions options = new InterpolateFuncOptions();
        options.size().put(new LongVector(height, width));
        if (cubic) {
            options.mode().put(new kBicubic());
        } else {
            options.mode().put(new kBilinear());
        }
        options.align_corners().put(false);
        options.antialias().put(true);
        return options;
    }
}
