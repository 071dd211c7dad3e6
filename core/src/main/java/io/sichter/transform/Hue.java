package io.sichter.transform;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.opencv_core.Mat;

/**
 * Turns the hue of colours by a share of the circle. Bytes follow Pillow, which keeps hue and saturation in 8 bits; other
 * depths follow torchvision's tensors, which keep them in float.
 *
 * <p>Source: Pillow, {@code src/libImaging/Convert.c} (rgb2hsv_row, hsv2rgb); torchvision {@code adjust_hue_image}; Smith,
 * "Color Gamut Transform Pairs", SIGGRAPH 1978.
 */
final class Hue {
    private Hue() {}

    /**
     * Turns.
     *
     * @param share of the circle, -0.5 to 0.5
     * @throws IllegalArgumentException if there are neither 1 nor 3 channels; with 1, nothing changes, as in torchvision
     */
    static void shift(Mat source, Mat target, double share) {
        Colours.requireColourOrGrey(source, "Hue");
        Colours.copy(source, target);
        if (source.channels() == 1) {
            return;
        }
        if (source.depth() == opencv_core.CV_8U) {
            ByteBuffer buffer = target.createBuffer();
            byte[] pixels = new byte[buffer.capacity()];
            buffer.get(0, pixels);
            shiftBytes(pixels, (int) (share * 255));
            buffer.put(0, pixels);
        } else {
            shiftFloats(target, (float) share);
        }
    }

    private static void shiftBytes(byte[] p, int shift) {
        for (int i = 0; i < p.length; i += 3) {
            int r = p[i] & 0xFF;
            int g = p[i + 1] & 0xFF;
            int b = p[i + 2] & 0xFF;
            int max = Math.max(r, Math.max(g, b));
            int range = max - Math.min(r, Math.min(g, b));
            int saturation = range == 0 ? 0 : (int) ((float) range / max * 255.0);
            if (saturation == 0) {
                p[i] = p[i + 1] = p[i + 2] = (byte) max;
                continue;
            }
            double turn = hue(max - r, max - g, max - b, range) * 255.0;
            toRgb(p, i, ((int) turn + shift) & 0xFF, saturation, max);
        }
    }

    private static double hue(int redBelowMax, int greenBelowMax, int blueBelowMax, int range) {
        float red = (float) redBelowMax / range;
        float green = (float) greenBelowMax / range;
        float blue = (float) blueBelowMax / range;
        float sixth = redBelowMax == 0
                ? blue - green
                : greenBelowMax == 0 ? (float) (2.0 + red - blue) : (float) (4.0 + green - red);
        return (float) ((sixth / 6.0 + 1.0) % 1.0);
    }

    private static void toRgb(byte[] out, int at, int hue, int saturation, int value) {
        double sixth = (float) hue * 6.0 / 255.0;
        int sector = (int) sixth;
        float rest = (float) (sixth - sector);
        float share = (float) (saturation / 255.0);
        byte v = (byte) value;
        byte p = (byte) Math.round(value * (1.0 - share));
        byte q = (byte) Math.round(value * (1.0 - share * rest));
        byte t = (byte) Math.round(value * (1.0 - share * (1.0 - rest)));
        switch (sector % 6) {
            case 0 -> put(out, at, v, t, p);
            case 1 -> put(out, at, q, v, p);
            case 2 -> put(out, at, p, v, t);
            case 3 -> put(out, at, p, q, v);
            case 4 -> put(out, at, t, p, v);
            default -> put(out, at, v, p, q);
        }
    }

    private static void put(byte[] out, int at, byte red, byte green, byte blue) {
        out[at] = red;
        out[at + 1] = green;
        out[at + 2] = blue;
    }

    /** Moves each channel along the hue circle: {@code v - v s max(0, min(k, 4 - k, 1))} with k = n + 6 h. */
    private static void shiftFloats(Mat target, float share) {
        double white = Depths.white(target);
        try (Mat floats = new Mat()) {
            target.convertTo(floats, opencv_core.CV_32F, 1 / white, 0);
            FloatBuffer buffer = floats.createBuffer();
            float[] p = new float[buffer.capacity()];
            buffer.get(0, p);
            for (int i = 0; i < p.length; i += 3) {
                float max = Math.max(p[i], Math.max(p[i + 1], p[i + 2]));
                float range = max - Math.min(p[i], Math.min(p[i + 1], p[i + 2]));
                if (range > 0) {
                    float sixth = p[i] == max
                            ? (p[i + 1] - p[i + 2]) / range
                            : p[i + 1] == max ? 2 + (p[i + 2] - p[i]) / range : 4 + (p[i] - p[i + 1]) / range;
                    for (int channel = 0; channel < 3; channel++) {
                        double k = (((5 - 2 * channel + sixth + share * 6) % 6) + 6) % 6;
                        p[i + channel] = (float) (max - range * Math.max(0, Math.min(Math.min(k, 4 - k), 1)));
                    }
                }
            }
            buffer.put(0, p);
            floats.convertTo(target, target.type(), white, 0);
        }
    }
}
