package io.sichter.bench;

import io.sichter.dataset.Dataset;
import io.sichter.dataset.Sample;
import io.sichter.transform.ColorJitter;
import io.sichter.transform.Interpolation;
import io.sichter.transform.Interval;
import io.sichter.transform.RandomPerspective;
import io.sichter.transform.RandomResizedCrop;
import io.sichter.transform.Size;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Point2f;
import org.bytedeco.opencv.opencv_core.Rect;
import org.bytedeco.opencv.opencv_core.Scalar;

/**
 * Flip, rotation, colours, resized crop and perspective as one would write them with OpenCV alone, on buffers that are used
 * again. Draws are ours, so that both sides do equally much.
 */
final class OpenCvChain {
    private static final Interval AROUND_ONE = new Interval(0.8, 1.2);
    private static final Optional<Interval> FACTOR = Optional.of(AROUND_ONE);

    private final ColorJitter jitter = new ColorJitter(FACTOR, FACTOR, FACTOR, Optional.empty());
    private final RandomPerspective perspective = new RandomPerspective(0.3, 0.5, Interpolation.BILINEAR, List.of(0.0));
    private final RandomResizedCrop crop;
    private final SplittableRandom random = new SplittableRandom(3);
    private final Mat a = new Mat();
    private final Mat b = new Mat();
    private final Mat grey = new Mat();
    private final Mat batchPlace;

    OpenCvChain(int imageSize) {
        crop = new RandomResizedCrop(Size.square(imageSize), new Interval(0.8, 1), new Interval(3 / 4.0, 4 / 3.0));
        batchPlace = new Mat(imageSize, imageSize, opencv_core.CV_8UC3);
    }

    /** Runs once over all pictures and gives pictures per second. */
    @SuppressWarnings("try") // the scope is there to be closed; nothing else is asked of it
    double perSecond(Dataset dataset) throws IOException {
        long start = System.nanoTime();
        for (Sample sample : dataset.samples()) {
            byte[] bytes = sample.source().read();
            try (PointerScope scope = new PointerScope()) {
                augment(opencv_imgcodecs.imdecode(new Mat(bytes), opencv_imgcodecs.IMREAD_COLOR_RGB));
            }
        }
        return dataset.size() / ((System.nanoTime() - start) / 1e9);
    }

    private void augment(Mat picture) {
        Mat flipped = picture;
        if (random.nextDouble() < 0.5) {
            opencv_core.flip(picture, a, 1);
            flipped = a;
        }
        int height = picture.rows();
        int width = picture.cols();
        Mat turn = opencv_imgproc.getRotationMatrix2D(
                new Point2f(width / 2f, height / 2f), 20 * random.nextDouble() - 10, 1);
        opencv_imgproc.warpAffine(
                flipped,
                b,
                turn,
                picture.size(),
                opencv_imgproc.INTER_NEAREST,
                opencv_core.BORDER_CONSTANT,
                new Scalar());
        for (ColorJitter.Change change : jitter.draw(random, height, width).inOrder()) {
            change(change);
        }
        RandomResizedCrop.Box box = crop.draw(random, height, width);
        Mat part = b.apply(new Rect(box.left(), box.top(), box.width(), box.height()));
        opencv_imgproc.resize(part, a, batchPlace.size(), 0, 0, opencv_imgproc.INTER_LINEAR);
        perspective
                .draw(random, a.rows(), a.cols())
                .corners()
                .ifPresentOrElse(this::distort, () -> a.copyTo(batchPlace));
    }

    private void change(ColorJitter.Change change) {
        double factor = change.factor();
        if (change.property() == ColorJitter.Property.BRIGHTNESS) {
            b.convertTo(b, -1, factor, 0);
            return;
        }
        opencv_imgproc.cvtColor(b, grey, opencv_imgproc.COLOR_RGB2GRAY);
        if (change.property() == ColorJitter.Property.CONTRAST) {
            b.convertTo(b, -1, factor, (1 - factor) * opencv_core.mean(grey).get(0));
        } else {
            opencv_imgproc.cvtColor(grey, a, opencv_imgproc.COLOR_GRAY2RGB);
            opencv_core.addWeighted(b, factor, a, 1 - factor, 0, b);
        }
    }

    private void distort(List<RandomPerspective.Corner> corners) {
        int last = batchPlace.rows() - 1;
        Mat map = opencv_imgproc.getPerspectiveTransform(
                points(0, 0, last, 0, last, last, 0, last),
                points(corners.stream()
                        .flatMapToInt(corner -> java.util.stream.IntStream.of(corner.x(), corner.y()))
                        .toArray()));
        opencv_imgproc.warpPerspective(
                a,
                batchPlace,
                map,
                batchPlace.size(),
                opencv_imgproc.INTER_LINEAR,
                opencv_core.BORDER_CONSTANT,
                new Scalar());
    }

    private static Mat points(int... xy) {
        Mat points = new Mat(4, 1, opencv_core.CV_32FC2);
        java.nio.FloatBuffer buffer = points.createBuffer();
        for (int value : xy) {
            buffer.put(value);
        }
        return points;
    }
}
