package io.sichter.image;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;

/** The pictures that {@code golden/golden_decode.py} draws, with what Pillow makes of them. */
final class Corpus {
    /**
     * One picture.
     *
     * @param file its name, from which its bytes are read
     * @param expected name of the PNG with the pixels it must become
     * @param tolerance largest allowed difference in grey levels
     */
    record Picture(String file, String expected, int height, int width, int tolerance) {
        byte[] bytes() {
            return read(file);
        }

        /** Expected pixels, HWC, decoded by the JDK so that OpenCV does not vouch for itself. */
        byte[] expectedPixels() {
            try {
                BufferedImage image = ImageIO.read(new ByteArrayInputStream(read(expected)));
                byte[] pixels = new byte[image.getHeight() * image.getWidth() * 3];
                int at = 0;
                for (int y = 0; y < image.getHeight(); y++) {
                    for (int x = 0; x < image.getWidth(); x++) {
                        int rgb = image.getRGB(x, y);
                        pixels[at++] = (byte) (rgb >> 16);
                        pixels[at++] = (byte) (rgb >> 8);
                        pixels[at++] = (byte) rgb;
                    }
                }
                return pixels;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public String toString() {
            return file;
        }
    }

    private Corpus() {}

    static List<Picture> pictures() {
        try {
            List<Picture> pictures = new ArrayList<>();
            for (JsonNode row : new ObjectMapper().readTree(read("index.json")).get("pictures")) {
                pictures.add(new Picture(
                        row.get("file").asText(),
                        row.get("expected").asText(),
                        row.get("height").asInt(),
                        row.get("width").asInt(),
                        row.get("tolerance").asInt()));
            }
            return pictures;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] read(String file) {
        try (InputStream in = Corpus.class.getResourceAsStream("/golden/decode/" + file)) {
            if (in == null) {
                throw new IllegalStateException("No golden file " + file);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
