package io.sichter.model;

import io.sichter.error.Problem;
import io.sichter.error.UsageException;
import io.sichter.text.Text;

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
        require(Text.of("model.classes"), numClasses);
        require(Text.of("model.channels"), channels);
        require(Text.of("model.image_size"), imageSize);
    }

    private static void require(Text what, int value) {
        if (value < 1) {
            throw new UsageException(Problem.of("model.out_of_range", what, value));
        }
    }
}
