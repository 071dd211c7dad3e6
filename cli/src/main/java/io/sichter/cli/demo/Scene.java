package io.sichter.cli.demo;

import static io.sichter.cli.demo.DemoShape.between;

import java.util.SplittableRandom;

/**
 * One picture: an outline somewhere before a background, in some light. What is drawn at random, is drawn from the same
 * distributions for every shape; the outline is scaled to an area drawn before, so that neither the mean colour nor the
 * size of the picture says which shape it is.
 */
final class Scene {
    /** Samples per side when the area of an outline is measured. */
    private static final int GRID = 48;

    /** Outlines lie within this distance of their origin. */
    private static final double REACH = 1.6;

    private final DemoShape.Outline outline;
    private final Extent extent;
    private final Colours colours;
    private final int width;
    private final int height;
    private final double pixelsPerUnit;
    private final double centreX;
    private final double centreY;
    private final double cos;
    private final double sin;
    private final double stretch;
    private final double mirror;
    private final double lightX;
    private final double lightY;
    private final double shadowLength;
    private final double softness;
    private final double falloff;

    private Scene(DemoShape shape, SplittableRandom random) {
        width = (int) between(random, 72, 129);
        height = (int) between(random, 72, 129);
        double side = Math.min(width, height);
        double area = between(random, 0.12, 0.24) * side * side;
        double angle = between(random, -0.4, 0.4);
        cos = StrictMath.cos(angle);
        sin = StrictMath.sin(angle);
        stretch = between(random, 0.88, 1.14);
        mirror = random.nextDouble() < 0.5 ? -1 : 1;
        double light = between(random, 0, 2 * Math.PI);
        lightX = StrictMath.cos(light);
        lightY = StrictMath.sin(light);
        shadowLength = between(random, 0.01, 0.05) * side;
        softness = between(random, 0.6, 2.2);
        falloff = between(random, 0, 0.25);
        colours = Colours.draw(random);
        double placeX = between(random, -1, 1);
        double placeY = between(random, -1, 1);
        outline = shape.draw(random);
        extent = Extent.of(outline);
        pixelsPerUnit = Math.sqrt(area / extent.area());
        // The middle square is what a centre crop keeps: the shape stays in it, where it fits.
        double slack = Math.max(0, side / 2 - extent.radius() * pixelsPerUnit);
        centreX = width / 2.0 + placeX * slack;
        centreY = height / 2.0 + placeY * slack;
    }

    /** Draws all that is random about a picture of this shape, in a fixed order. */
    static Scene draw(DemoShape shape, SplittableRandom random) {
        return new Scene(shape, random);
    }

    /** Width in pixels, 72 to 128. */
    int width() {
        return width;
    }

    /** Height in pixels, 72 to 128. */
    int height() {
        return height;
    }

    /** The picture without noise: height x width x 3 (RGB, sRGB-encoded), 0 to 1 with some overshoot. */
    float[] render() {
        float[] pixels = new float[height * width * 3];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                shade(x + 0.5, y + 0.5, pixels, (y * width + x) * 3);
            }
        }
        return pixels;
    }

    private void shade(double x, double y, float[] pixels, int at) {
        double dx = (x - width / 2.0) / width;
        double dy = (y - height / 2.0) / height;
        double along = dx * lightX + dy * lightY;
        double light = 1 - falloff * (0.5 + along) - 0.25 * falloff * (dx * dx + dy * dy);
        double covered = coverage(distance(x, y), softness);
        double shadow = 0.35
                * coverage(distance(x - lightX * shadowLength, y - lightY * shadowLength), softness + 2 * shadowLength);
        double across = ((x - centreX) * lightX + (y - centreY) * lightY) / (pixelsPerUnit * 1.2);
        for (int c = 0; c < 3; c++) {
            double ground = colours.ground(c, along) * (1 - shadow);
            double object = colours.object(c, across);
            pixels[at + c] = (float) (light * (ground + covered * (object - ground)));
        }
    }

    /** Distance from the outline in pixels. */
    private double distance(double x, double y) {
        double dx = (x - centreX) * mirror;
        double dy = y - centreY;
        double u = (dx * cos + dy * sin) * stretch;
        double v = (dy * cos - dx * sin) / stretch;
        return outline.distance(u / pixelsPerUnit + extent.x(), v / pixelsPerUnit + extent.y()) * pixelsPerUnit;
    }

    /** Share of a pixel that lies inside, over an edge as wide as {@code soft} pixels. */
    private static double coverage(double distance, double soft) {
        double t = Math.max(0, Math.min(1, 0.5 - distance / (soft + 1)));
        return t * t * (3 - 2 * t);
    }

    /**
     * What an outline covers, in its own units.
     *
     * @param area its area
     * @param x centre of gravity
     * @param y centre of gravity
     * @param radius how far it reaches from there
     */
    private record Extent(double area, double x, double y, double radius) {
        static Extent of(DemoShape.Outline outline) {
            double step = 2 * REACH / GRID;
            int inside = 0;
            double sumX = 0;
            double sumY = 0;
            double[] insideX = new double[GRID * GRID];
            double[] insideY = new double[GRID * GRID];
            for (int i = 0; i < GRID * GRID; i++) {
                int row = i / GRID;
                double x = (i % GRID + 0.5) * step - REACH;
                double y = (row + 0.5) * step - REACH;
                if (outline.distance(x, y) < 0) {
                    insideX[inside] = x;
                    insideY[inside] = y;
                    inside++;
                    sumX += x;
                    sumY += y;
                }
            }
            double centreX = sumX / inside;
            double centreY = sumY / inside;
            double radius = 0;
            for (int i = 0; i < inside; i++) {
                radius = Math.max(radius, DemoShape.length(insideX[i] - centreX, insideY[i] - centreY));
            }
            return new Extent(inside * step * step, centreX, centreY, radius);
        }
    }
}
