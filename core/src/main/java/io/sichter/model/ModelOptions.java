package io.sichter.model;

import io.sichter.error.UsageException;

/**
 * What a network is built for.
 *
 * @param numClasses number of outputs, at least 1
 * @param channels channels of the pictures, at least 1
 * @param imageSize height and width of the pictures in pixels, at least 1
 */
public record ModelOptions(int numClasses, int channels, int imageSize) {
    /** Checks the ranges. */
    public ModelOptions {
        require("classes", numClasses);
        require("channels", channels);
        require("image size", imageSize);
    }

    private static void require(String what, int value) {
        if (value < 1) {
            throw new UsageException(
                    "The number of " + what + " is out of range",
                    Integer.toString(value),
                    "1 or more",
                    "Give a positive number");
        }
    }
}
