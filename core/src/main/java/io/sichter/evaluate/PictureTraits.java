package io.sichter.evaluate;

import io.sichter.image.Image;
import io.sichter.image.ImageDecoder;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Scalar;

/**
 * What a picture is like before it is prepared for the network.
 *
 * @param height pixels
 * @param width pixels
 * @param brightness mean of its grey values, 0 to 255
 * @param sharpness variance of the Laplacian of its grey values: low where it is blurred or flat (Pech-Pacheco et al.,
 *     "Diatom autofocusing in brightfield microscopy", 2000); grows with noise, and depends on the resolution
 */
record PictureTraits(int height, int width, double brightness, double sharpness) {
    static final String SIZE = "size";
    static final String BRIGHTNESS = "brightness";
    static final String SHARPNESS = "sharpness";

    /** The properties that every picture has. */
    static final List<String> NAMES = List.of(SIZE, BRIGHTNESS, SHARPNESS);

    /** A property as a text that is a number. */
    String text(String property) {
        return switch (property) {
            case SIZE -> Integer.toString(Math.min(height, width));
            case BRIGHTNESS -> Double.toString(brightness);
            case SHARPNESS -> Double.toString(sharpness);
            default -> throw new IllegalArgumentException(property.toLowerCase(Locale.ROOT));
        };
    }

    static PictureTraits of(Image image) {
        try (PointerScope scope = new PointerScope()) {
            Mat grey = image.mat();
            if (image.channels() == 3) {
                grey = new Mat();
                opencv_imgproc.cvtColor(image.mat(), grey, opencv_imgproc.COLOR_RGB2GRAY);
            }
            Mat edges = new Mat();
            opencv_imgproc.Laplacian(grey, edges, opencv_core.CV_64F);
            Mat mean = new Mat();
            Mat deviation = new Mat();
            opencv_core.meanStdDev(edges, mean, deviation);
            double spread = deviation.createIndexer().getDouble(0);
            Scalar brightness = opencv_core.mean(grey);
            return new PictureTraits(image.height(), image.width(), brightness.get(0), spread * spread);
        }
    }

    /** A decoder that looks at every picture it decodes, in whichever thread that happens. */
    static final class Observer implements ImageDecoder {
        private final ImageDecoder decoder;
        private final Map<String, PictureTraits> seen = new ConcurrentHashMap<>();

        Observer(ImageDecoder decoder) {
            this.decoder = decoder;
        }

        @Override
        public Image decode(byte[] bytes, String name) {
            Image image = decoder.decode(bytes, name);
            seen.put(name, PictureTraits.of(image));
            return image;
        }

        /** What was seen of the picture that was called so. */
        Optional<PictureTraits> traits(String name) {
            return Optional.ofNullable(seen.get(name));
        }
    }
}
