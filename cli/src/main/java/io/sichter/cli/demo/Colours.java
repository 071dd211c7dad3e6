package io.sichter.cli.demo;

import static io.sichter.cli.demo.DemoShape.between;

import java.util.SplittableRandom;

/**
 * The colours of one picture: a background that runs from one colour to another, and an object that is clearly lighter or
 * darker, so that the grey pictures show it as well.
 *
 * <p>Drawn in OKLCH (Björn Ottosson, "A perceptual color space for image processing", 2020), where equal steps of
 * lightness look equal in every hue.
 */
final class Colours {
    private static final double LEAST_CONTRAST = 0.34;

    private final double[] groundFrom;
    private final double[] groundTo;
    private final double[] object;
    private final double relief;

    private Colours(double[] groundFrom, double[] groundTo, double[] object, double relief) {
        this.groundFrom = groundFrom;
        this.groundTo = groundTo;
        this.object = object;
        this.relief = relief;
    }

    /** Draws the colours of one picture. */
    static Colours draw(SplittableRandom random) {
        double ground = between(random, 0.22, 0.9);
        double lightness = between(random, 0.2, 0.95);
        while (Math.abs(lightness - ground) < LEAST_CONTRAST) {
            lightness = between(random, 0.2, 0.95);
        }
        double hue = between(random, 0, 2 * Math.PI);
        double chroma = between(random, 0.01, 0.12);
        double shift = between(random, -0.06, 0.06);
        double turn = between(random, -0.9, 0.9);
        double[] from = srgb(ground - shift, chroma, hue);
        double[] to = srgb(ground + shift, chroma, hue + turn);
        double[] object = srgb(lightness, between(random, 0.04, 0.19), between(random, 0, 2 * Math.PI));
        return new Colours(from, to, object, between(random, 0, 0.16));
    }

    /**
     * A channel of the background.
     *
     * @param along position along the light, about -0.7 to 0.7
     */
    double ground(int channel, double along) {
        double t = Math.max(0, Math.min(1, along + 0.5));
        return groundFrom[channel] + t * (groundTo[channel] - groundFrom[channel]);
    }

    /**
     * A channel of the object, which is lit from one side.
     *
     * @param across position across the object along the light, about -1 to 1
     */
    double object(int channel, double across) {
        return object[channel] * (1 - relief * Math.max(-1, Math.min(1, across)));
    }

    /** OKLCH to sRGB, 0 to 1, cut to the gamut. */
    static double[] srgb(double lightness, double chroma, double hue) {
        double a = chroma * StrictMath.cos(hue);
        double b = chroma * StrictMath.sin(hue);
        double l = cube(lightness + 0.3963377774 * a + 0.2158037573 * b);
        double m = cube(lightness - 0.1055613458 * a - 0.0638541728 * b);
        double s = cube(lightness - 0.0894841775 * a - 1.2914855480 * b);
        return new double[] {
            encode(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
            encode(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
            encode(-0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s)
        };
    }

    private static double cube(double value) {
        return value * value * value;
    }

    private static double encode(double linear) {
        double cut = Math.max(0, Math.min(1, linear));
        return cut <= 0.0031308 ? 12.92 * cut : 1.055 * StrictMath.pow(cut, 1 / 2.4) - 0.055;
    }
}
