package io.sichter.cli.demo;

import static io.sichter.cli.demo.DemoShape.between;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.SplittableRandom;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * What happens between a scene and its file: blur, sensor noise, sometimes no colour, rounding to 8 bit, compression.
 * The same for every shape.
 */
final class Camera {
    private static final double GREY_SHARE = 0.15;
    private static final float JPEG_QUALITY = 0.92f;

    /** One over the standard deviation of the sum of three numbers drawn from 0 to 127. */
    private static final float FIELD_SCALE = 1 / 64f;

    private Camera() {}

    /**
     * Takes the picture of a scene.
     *
     * @param format {@code png} or {@code jpg}
     * @return the bytes of the file, the same for the same scene and the same state of {@code random}
     */
    static byte[] shoot(Scene scene, SplittableRandom random, String format) throws IOException {
        boolean grey = random.nextDouble() < GREY_SHARE;
        double blur = between(random, 0, 0.6);
        double noise = between(random, 0.004, 0.035);
        float[] pixels = scene.render();
        pixels = blur(pixels, scene.width(), scene.height(), (float) blur);
        BufferedImage image = develop(pixels, scene.width(), scene.height(), grey, (float) noise, random);
        return encode(image, format);
    }

    /** Weighs a pixel with its neighbours, first along the rows, then along the columns; the border stays sharp. */
    private static float[] blur(float[] pixels, int width, int height, float side) {
        int stride = width * 3;
        float[] rows = pixels.clone();
        for (int y = 0; y < height; y++) {
            spread(pixels, rows, y * stride + 3, (y + 1) * stride - 3, 3, side);
        }
        float[] both = rows.clone();
        spread(rows, both, stride, rows.length - stride, stride, side);
        return both;
    }

    private static void spread(float[] from, float[] to, int start, int end, int step, float side) {
        for (int i = start; i < end; i++) {
            to[i] = (1 - side) * from[i] + side / 2 * (from[i - step] + from[i + step]);
        }
    }

    private static BufferedImage develop(
            float[] pixels, int width, int height, boolean grey, float noise, SplittableRandom random) {
        BufferedImage image =
                new BufferedImage(width, height, grey ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_3BYTE_BGR);
        // Into the buffer: drawing into a grey image would convert to a linear colour space first.
        byte[] samples = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
        for (int i = 0; i < width * height; i++) {
            long bits = random.nextLong();
            float r = pixels[3 * i] + noise * normal(bits);
            float g = pixels[3 * i + 1] + noise * normal(bits >>> 21);
            float b = pixels[3 * i + 2] + noise * normal(bits >>> 42);
            if (grey) {
                samples[i] = quantise(0.299f * r + 0.587f * g + 0.114f * b);
            } else {
                samples[3 * i] = quantise(b);
                samples[3 * i + 1] = quantise(g);
                samples[3 * i + 2] = quantise(r);
            }
        }
        return image;
    }

    private static byte quantise(float value) {
        int level = (int) (value * 255 + 0.5f);
        return (byte) (level < 0 ? 0 : Math.min(level, 255));
    }

    /** Three fields of 7 bit, summed and scaled to mean 0 and variance 1: nearly Gaussian (Irwin-Hall). */
    private static float normal(long bits) {
        long sum = (bits & 127) + (bits >>> 7 & 127) + (bits >>> 14 & 127);
        return (sum - 190.5f) * FIELD_SCALE;
    }

    private static byte[] encode(BufferedImage image, String format) throws IOException {
        ImageWriter writer = ImageIO.getImageWritersByFormatName(format).next();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(16384);
        try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            writer.setOutput(out);
            ImageWriteParam param = writer.getDefaultWriteParam();
            if (format.equals("jpg")) {
                param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
                param.setCompressionQuality(JPEG_QUALITY);
            }
            writer.write(null, new IIOImage(image, null, null), param);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }
}
