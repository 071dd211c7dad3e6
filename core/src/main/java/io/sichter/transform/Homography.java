package io.sichter.transform;

/**
 * A projective map of the plane: three rows of three numbers, the last of which divides the first two. Transforms use it
 * from the points of the result to those of the source. Composing two of them is a product, so that any number of
 * geometric steps costs one interpolation.
 *
 * <p>Source: Hartley and Zisserman, "Multiple View Geometry", 2nd edition, section 2.3.
 */
final class Homography {
    private static final int SIDE = 3;

    /** Row by row. */
    private final double[] m;

    private Homography(double... m) {
        this.m = m;
    }

    /** {@code (a x + b y + c, d x + e y + f)}. */
    static Homography affine(double a, double b, double c, double d, double e, double f) {
        return new Homography(a, b, c, d, e, f, 0, 0, 1);
    }

    /** {@code x} and {@code y} are scaled and then moved. */
    static Homography scaling(double scaleX, double scaleY, double moveX, double moveY) {
        return affine(scaleX, 0, moveX, 0, scaleY, moveY);
    }

    /** The map of four points onto four others, each {@code {x, y}}; no three of either may lie on a line. */
    static Homography between(double[][] from, double[][] to) {
        double[][] system = new double[8][];
        for (int i = 0; i < 4; i++) {
            double x = from[i][0];
            double y = from[i][1];
            double u = to[i][0];
            double v = to[i][1];
            system[2 * i] = new double[] {x, y, 1, 0, 0, 0, -u * x, -u * y, u};
            system[2 * i + 1] = new double[] {0, 0, 0, x, y, 1, -v * x, -v * y, v};
        }
        double[] solution = solve(system);
        double[] m = java.util.Arrays.copyOf(solution, 9);
        m[8] = 1;
        return new Homography(m);
    }

    /** First the other map, then this one. */
    Homography after(Homography first) {
        double[] product = new double[9];
        for (int row = 0; row < SIDE; row++) {
            for (int column = 0; column < SIDE; column++) {
                for (int k = 0; k < SIDE; k++) {
                    product[row * SIDE + column] += m[row * SIDE + k] * first.m[k * SIDE + column];
                }
            }
        }
        return new Homography(product);
    }

    /** The same map with the shares of y in x and of x in y multiplied. */
    Homography mixing(double yInX, double xInY) {
        double[] mixed = m.clone();
        mixed[1] *= yInX;
        mixed[3] *= xInY;
        return new Homography(mixed);
    }

    /** The same map with coefficients rounded to float, as torchvision hands them to Pillow. */
    Homography rounded() {
        double[] rounded = new double[9];
        java.util.Arrays.setAll(rounded, i -> (float) m[i]);
        return new Homography(rounded);
    }

    /** What divides x and y at a point. */
    double w(double x, double y) {
        return m[6] * x + m[7] * y + m[8];
    }

    /** Numerator of x at a point. */
    double x(double x, double y) {
        return m[0] * x + m[1] * y + m[2];
    }

    /** Numerator of y at a point. */
    double y(double x, double y) {
        return m[3] * x + m[4] * y + m[5];
    }

    /** Whether straight lines stay parallel. */
    boolean isAffine() {
        return m[6] == 0 && m[7] == 0 && m[8] == 1;
    }

    /** Whether no point of a picture of this size lies on or behind the horizon. */
    boolean isInFront(int height, int width) {
        return w(0, 0) > 0 && w(width, 0) > 0 && w(0, height) > 0 && w(width, height) > 0;
    }

    /** Gauss's elimination with the largest pivot; each row ends with its right side. */
    private static double[] solve(double[][] rows) {
        int n = rows.length;
        for (int column = 0; column < n; column++) {
            int pivot = column;
            for (int row = column + 1; row < n; row++) {
                pivot = Math.abs(rows[row][column]) > Math.abs(rows[pivot][column]) ? row : pivot;
            }
            double[] swap = rows[column];
            rows[column] = rows[pivot];
            rows[pivot] = swap;
            for (int row = 0; row < n; row++) {
                double share = row == column ? 0 : rows[row][column] / rows[column][column];
                for (int k = column; share != 0 && k <= n; k++) {
                    rows[row][k] -= share * rows[column][k];
                }
            }
        }
        double[] solution = new double[n];
        java.util.Arrays.setAll(solution, i -> rows[i][n] / rows[i][i]);
        return solution;
    }
}
