package io.sichter.transform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sichter.image.Image;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.SplittableRandom;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;

/** Pictures for tests: golden files, noise, differences. */
final class Pictures {
    private Pictures() {}

    static Image golden(String name) throws IOException {
        return golden("transforms", name);
    }

    static Image golden(String area, String name) throws IOException {
        byte[] bytes = bytes(area, name);
        Mat mat = opencv_imgcodecs.imdecode(new Mat(bytes), opencv_imgcodecs.IMREAD_UNCHANGED);
        if (mat.channels() == 3) {
            opencv_imgproc.cvtColor(mat, mat, opencv_imgproc.COLOR_BGR2RGB);
        }
        return Image.of(mat);
    }

    static JsonNode json(String name) throws IOException {
        return new ObjectMapper().readTree(bytes("transforms", name));
    }

    private static byte[] bytes(String area, String name) throws IOException {
        try (InputStream in = Pictures.class.getResourceAsStream("/golden/" + area + "/" + name)) {
            return Objects.requireNonNull(in, name).readAllBytes();
        }
    }

    static Image noise(int height, int width, int channels, long seed) {
        byte[] pixels = new byte[height * width * channels];
        new SplittableRandom(seed).nextBytes(pixels);
        return Image.ofBytes(height, width, channels, pixels);
    }

    /** The same values in another depth. */
    static Image convert(Image image, Image.Depth depth) {
        Mat mat = new Mat();
        image.mat().convertTo(mat, depth.code());
        return Image.of(mat);
    }

    static Image channel(Image image, int channel) {
        Mat mat = new Mat();
        opencv_core.extractChannel(image.mat(), mat, channel);
        return Image.of(mat);
    }

    static double[] values(Image image) {
        Pixels pixels = Pixels.of(image);
        double[] values = new double[image.height() * image.width() * image.channels()];
        for (int i = 0; i < values.length; i++) {
            values[i] = pixels.get(i);
        }
        return values;
    }

    static double maxDifference(Image a, Image b) {
        double[] x = values(a);
        double[] y = values(b);
        double max = a.height() == b.height() && a.width() == b.width() && a.channels() == b.channels()
                ? 0
                : Double.POSITIVE_INFINITY;
        for (int i = 0; i < Math.min(x.length, y.length); i++) {
            max = Math.max(max, Math.abs(x[i] - y[i]));
        }
        return max;
    }
}
