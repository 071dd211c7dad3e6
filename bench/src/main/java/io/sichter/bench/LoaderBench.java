package io.sichter.bench;

import io.sichter.config.TransformSpec;
import io.sichter.config.TransformsConfig;
import io.sichter.dataset.ClassIndex;
import io.sichter.dataset.Dataset;
import io.sichter.dataset.Sample;
import io.sichter.dataset.SampleSource;
import io.sichter.image.Image;
import io.sichter.image.UnreadableImageException;
import io.sichter.loader.DataLoader;
import io.sichter.loader.Epoch;
import io.sichter.loader.RandomSampler;
import io.sichter.random.SeedStream;
import io.sichter.text.Text;
import io.sichter.transform.Pipeline;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Size;

/**
 * The loader alone (one worker: read, decode, random resized crop, flip, batch) beside a bare OpenCV loop on one thread
 * (read, decode, resize the whole picture to the same size). Both decode with the same call and every round runs all
 * sides one after the other.
 *
 * <p>Arguments: image size, then folders of pictures; for example {@code 128 imagenette/train 224 caltech9}.
 */
public final class LoaderBench {
    private static final int ROUNDS = 5;
    private static final int BATCH_SIZE = 32;

    private interface Side {
        /** Runs once over all pictures and gives pictures per second. */
        double run() throws IOException;
    }

    private LoaderBench() {}

    /** Prints a table for each pair of image size and folder. */
    public static void main(String[] args) throws IOException {
        if (args.length == 0 || args.length % 2 != 0) {
            System.err.println("usage: LoaderBench IMAGE_SIZE FOLDER [IMAGE_SIZE FOLDER ...]");
            System.exit(2);
        }
        for (int i = 0; i < args.length; i += 2) {
            compare(Integer.parseInt(args[i]), Path.of(args[i + 1]));
        }
    }

    private static void compare(int imageSize, Path folder) throws IOException {
        Dataset dataset = dataset(folder);
        Pipeline pipeline = Pipeline.of(crops(), imageSize, 3);
        opencv_core.setNumThreads(1);
        try (DataLoader worker = loader(dataset, pipeline, 1);
                DataLoader inline = loader(dataset, pipeline, 0)) {
            List<String> names = List.of(
                    "loader, 1 worker",
                    "loader, in the calling thread",
                    "OpenCV loop, INTER_LINEAR",
                    "OpenCV loop, INTER_AREA");
            List<Side> sides = List.of(
                    () -> epoch(worker),
                    () -> epoch(inline),
                    () -> loop(dataset, imageSize, opencv_imgproc.INTER_LINEAR),
                    () -> loop(dataset, imageSize, opencv_imgproc.INTER_AREA));
            double[][] speeds = new double[sides.size()][ROUNDS];
            for (int round = -1; round < ROUNDS; round++) { // the first one warms up and is not counted
                for (int side = 0; side < sides.size(); side++) {
                    double speed = sides.get(side).run();
                    if (round >= 0) {
                        speeds[side][round] = speed;
                    }
                }
            }
            System.out.printf(
                    Locale.ROOT, "%s: %d pictures to %d px, %d rounds%n", folder, dataset.size(), imageSize, ROUNDS);
            print(names, speeds);
        }
    }

    private static void print(List<String> names, double[][] speeds) {
        System.out.printf(
                Locale.ROOT,
                "  %-32s %10s %17s %16s %16s%n",
                "",
                "img/s",
                "min..max",
                "/ INTER_LINEAR",
                "/ INTER_AREA");
        for (int side = 0; side < speeds.length; side++) {
            double[] sorted = sorted(speeds[side]);
            System.out.printf(
                    Locale.ROOT,
                    "  %-32s %10.0f %8.0f %8.0f %16.2f %16.2f%n",
                    names.get(side),
                    sorted[ROUNDS / 2],
                    sorted[0],
                    sorted[ROUNDS - 1],
                    ratio(speeds[side], speeds[2]),
                    ratio(speeds[side], speeds[3]));
        }
    }

    /** Median of the rounds' ratios: what slows a whole round cancels out. */
    private static double ratio(double[] ours, double[] theirs) {
        double[] ratios = new double[ROUNDS];
        Arrays.setAll(ratios, i -> ours[i] / theirs[i]);
        return sorted(ratios)[ROUNDS / 2];
    }

    private static double[] sorted(double[] values) {
        return DoubleStream.of(values).sorted().toArray();
    }

    private static DataLoader loader(Dataset dataset, Pipeline pipeline, int workers) {
        return DataLoader.builder(dataset, LoaderBench::decode, pipeline)
                .sampler(new RandomSampler(SeedStream.of(1)))
                .augmentSeed(SeedStream.of(2))
                .batchSize(BATCH_SIZE)
                .workers(workers)
                .build();
    }

    private static double epoch(DataLoader loader) {
        long start = System.nanoTime();
        int pictures = 0;
        try (Epoch epoch = loader.epoch(0, 0)) {
            while (epoch.hasNext()) {
                pictures += epoch.next().size();
            }
        }
        return perSecond(pictures, start);
    }

    @SuppressWarnings("try") // the scope is there to be closed; nothing else is asked of it
    private static double loop(Dataset dataset, int imageSize, int interpolation) throws IOException {
        long start = System.nanoTime();
        try (Mat resized = new Mat();
                Size size = new Size(imageSize, imageSize)) {
            for (Sample sample : dataset.samples()) {
                byte[] bytes = sample.source().read();
                try (PointerScope scope = new PointerScope()) {
                    Mat encoded = new Mat(bytes);
                    Mat picture = opencv_imgcodecs.imdecode(encoded, opencv_imgcodecs.IMREAD_COLOR_RGB);
                    opencv_imgproc.resize(picture, resized, size, 0, 0, interpolation);
                }
            }
        }
        return perSecond(dataset.size(), start);
    }

    private static double perSecond(int pictures, long start) {
        return pictures / ((System.nanoTime() - start) / 1e9);
    }

    /** The very call of the bare loop, so that the two differ in what the loader adds and in nothing else. */
    private static Image decode(byte[] bytes, String name) {
        Mat picture = opencv_imgcodecs.imdecode(new Mat(bytes), opencv_imgcodecs.IMREAD_COLOR_RGB);
        if (picture.empty()) {
            throw new UnreadableImageException(
                    UnreadableImageException.Reason.NOT_AN_IMAGE, name, Text.verbatim("not a picture"));
        }
        return Image.of(picture);
    }

    private static List<TransformSpec> crops() {
        return TransformsConfig.defaults().train();
    }

    private static Dataset dataset(Path folder) throws IOException {
        List<Sample> samples = new ArrayList<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                String id = folder.relativize(file).toString().replace('\\', '/');
                samples.add(Sample.of(id, new SampleSource.FileSource(file), 0));
            }
        }
        return new Dataset(new ClassIndex(List.of("any")), samples);
    }
}
