package io.sichter.model;

/** Numbers of channels that were multiplied by a factor. */
final class ChannelCount {
    private static final int DIVISOR = 8;

    private ChannelCount() {}

    /** The nearest multiple of 8, at least 8, and the next where that would take away more than a tenth. */
    static int round(double channels) {
        int rounded = Math.max(DIVISOR, (int) (channels + DIVISOR / 2.0) / DIVISOR * DIVISOR);
        return rounded < 0.9 * channels ? rounded + DIVISOR : rounded;
    }
}
