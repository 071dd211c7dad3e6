package io.sichter.cli.demo;

import java.util.Locale;
import java.util.SplittableRandom;

/**
 * The classes of the demo: outlines that only their form tells apart. Each draws a variant of itself, so that no two
 * pictures of a class show the same outline.
 */
enum DemoShape {
    /** The moon's: a disc without a shifted disc. */
    CRESCENT {
        @Override
        Outline draw(SplittableRandom random) {
            double shift = between(random, 0.42, 0.58);
            double radius = between(random, 0.80, 0.92);
            return (x, y) -> Math.max(length(x, y) - 1, radius - length(x - shift, y));
        }
    },
    /** Two bars of equal length at right angles. */
    CROSS {
        @Override
        Outline draw(SplittableRandom random) {
            double half = between(random, 0.24, 0.36);
            return (x, y) -> Math.min(box(x, y, 1, half), box(x, y, half, 1)) - 0.04;
        }
    },
    /** Two lobes and a tip. */
    HEART {
        @Override
        Outline draw(SplittableRandom random) {
            double plump = between(random, 0.0, 0.12);
            return (x, y) -> heart(Math.abs(x), 0.55 - y) - plump;
        }
    },
    /** A circle drawn with a broad pen. */
    RING {
        @Override
        Outline draw(SplittableRandom random) {
            double pen = between(random, 0.15, 0.24);
            return (x, y) -> Math.abs(length(x, y) - 0.8) - pen;
        }
    },
    /** An Archimedean spiral drawn with a broad pen. */
    SPIRAL {
        @Override
        Outline draw(SplittableRandom random) {
            double pen = between(random, 0.09, 0.12);
            double turns = between(random, 1.9, 2.4);
            return (x, y) -> spiral(x, y, turns) - pen;
        }
    },
    /** Four equal sides, slightly rounded corners. */
    SQUARE {
        @Override
        Outline draw(SplittableRandom random) {
            double round = between(random, 0.02, 0.14);
            return (x, y) -> box(x, y, 1 - round, 1 - round) - round;
        }
    },
    /** Five points. */
    STAR {
        @Override
        Outline draw(SplittableRandom random) {
            double waist = between(random, 0.40, 0.52);
            return (x, y) -> star(x, -y, waist) - 0.03;
        }
    },
    /** Three equal sides, slightly rounded corners. */
    TRIANGLE {
        @Override
        Outline draw(SplittableRandom random) {
            double round = between(random, 0.02, 0.12);
            return (x, y) -> triangle(x, -y, 1 - round) - round;
        }
    };

    /**
     * A closed form on the plane by its distance function (of about unit slope): negative inside, positive outside. Most
     * are after Inigo Quilez, "2D distance functions".
     */
    @FunctionalInterface
    interface Outline {
        /** Distance of a point from the edge, negative inside; the form lies within 1.6 of the origin. */
        double distance(double x, double y);
    }

    private static final double SQRT3 = StrictMath.sqrt(3);
    private static final double SQRT2_QUARTER = StrictMath.sqrt(2) / 4;
    private static final double TWO_PI = 2 * Math.PI;

    /** Draws a variant of this shape; takes its numbers from {@code random} only. */
    abstract Outline draw(SplittableRandom random);

    /** The name of the class and of its folder. */
    String folder() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Uniform in [low, high). Uses {@code nextDouble()} alone, whose bits every Java version repeats. */
    static double between(SplittableRandom random, double low, double high) {
        return low + (high - low) * random.nextDouble();
    }

    /** Distance from the origin; a square root is exact everywhere, {@code hypot} is slow. */
    static double length(double x, double y) {
        return Math.sqrt(x * x + y * y);
    }

    private static double clamp(double value, double low, double high) {
        return Math.max(low, Math.min(high, value));
    }

    private static double box(double x, double y, double halfWidth, double halfHeight) {
        double dx = Math.abs(x) - halfWidth;
        double dy = Math.abs(y) - halfHeight;
        return length(Math.max(dx, 0), Math.max(dy, 0)) + Math.min(Math.max(dx, dy), 0);
    }

    private static double triangle(double px, double py, double half) {
        double x = Math.abs(px) - half;
        double y = py + half / SQRT3;
        if (x + SQRT3 * y > 0) {
            double folded = (x - SQRT3 * y) / 2;
            y = (-SQRT3 * x - y) / 2;
            x = folded;
        }
        x -= clamp(x, -2 * half, 0);
        return -length(x, y) * Math.signum(y);
    }

    private static double star(double px, double py, double waist) {
        double k1x = 0.809016994375;
        double k1y = -0.587785252292;
        double x = Math.abs(px);
        double y = py;
        double fold = 2 * Math.max(k1x * x + k1y * y, 0);
        x -= fold * k1x;
        y -= fold * k1y;
        fold = 2 * Math.max(-k1x * x + k1y * y, 0);
        x += fold * k1x;
        y -= fold * k1y;
        x = Math.abs(x);
        y -= 1;
        double bax = waist * -k1y;
        double bay = waist * k1x - 1;
        double h = clamp((x * bax + y * bay) / (bax * bax + bay * bay), 0, 1);
        return length(x - bax * h, y - bay * h) * Math.signum(y * bax - x * bay);
    }

    private static double heart(double x, double y) {
        if (y + x > 1) {
            return length(x - 0.25, y - 0.75) - SQRT2_QUARTER;
        }
        double foot = 0.5 * Math.max(x + y, 0);
        double nearest = Math.min(length(x, y - 1), length(x - foot, y - foot));
        return nearest * Math.signum(x - y);
    }

    /** Distance from a line that winds outwards from 0.1 to 1; radial between the arms, round at both ends. */
    private static double spiral(double x, double y, double turns) {
        double radius = length(x, y);
        double angle = StrictMath.atan2(y, x) / TWO_PI;
        double first = angle < 0 ? angle + 1 : angle;
        double pitch = 0.9 / turns;
        double endAngle = turns * TWO_PI;
        double nearest =
                Math.min(length(x - 0.1, y), length(x - StrictMath.cos(endAngle), y - StrictMath.sin(endAngle)));
        for (double turn = first; turn <= turns; turn++) {
            nearest = Math.min(nearest, Math.abs(radius - 0.1 - pitch * turn));
        }
        return nearest;
    }
}
