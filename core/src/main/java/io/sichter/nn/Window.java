package io.sichter.nn;

/**
 * How a convolution or a pooling moves over a picture.
 *
 * @param kernel height and width of what it looks at, pixels
 * @param stride pixels from one place to the next
 * @param padding pixels added on each side; 0 where the rounding is {@link Rounding#SAME}
 * @param rounding what becomes of a last place that does not fit
 */
public record Window(long kernel, long stride, long padding, Rounding rounding) {
    /** What becomes of a last place that does not fit. */
    public enum Rounding {
        /** It is left out. */
        DOWN,
        /** It reaches over the edge. */
        UP,
        /** As many pixels are added as it takes: {@code ceil(size / stride)} places, as TensorFlow's SAME. */
        SAME
    }

    /** Places on one side of a picture of this size: {@code (size + 2 padding - kernel) / stride + 1}, rounded. */
    public long places(long size) {
        long free = size + 2 * padding - kernel;
        return switch (rounding) {
            case DOWN -> Math.max(0, Math.floorDiv(free, stride) + 1);
            case UP -> Math.max(0, Math.floorDiv(free + stride - 1, stride) + 1);
            case SAME -> (size + stride - 1) / stride;
        };
    }

    /** {@link #places} with the numbers filled in: {@code (224 + 2*0 - 11)/4 + 1 = 54.25 -> 54}. */
    public String arithmetic(long size) {
        if (rounding == Rounding.SAME) {
            return "ceil(" + size + "/" + stride + ") = " + places(size);
        }
        double exact = (size + 2 * padding - kernel) / (double) stride + 1;
        String rounded = exact == Math.rint(exact) ? "" : " = " + shortest(exact);
        String sign = rounded.isEmpty() ? " = " : " -> ";
        return "(" + size + " + 2*" + padding + " - " + kernel + ")/" + stride + " + 1" + rounded + sign + places(size);
    }

    private static String shortest(double number) {
        String text = String.format(java.util.Locale.ROOT, "%.2f", number);
        return text.endsWith("0") ? text.substring(0, text.length() - 1) : text;
    }

    /** As it is written on a box of a drawing: {@code 3x3, stride 2}. */
    @Override
    public String toString() {
        return kernel + "x" + kernel + (stride == 1 ? "" : ", stride " + stride);
    }
}
