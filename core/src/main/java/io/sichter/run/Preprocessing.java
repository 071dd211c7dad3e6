package io.sichter.run;

import io.sichter.config.Normalization;
import io.sichter.config.RunConfig;
import io.sichter.config.TransformSpec;
import java.util.List;

/**
 * How a picture becomes the input of a network, as it travels with the weights: evaluation, prediction and export run
 * exactly this.
 *
 * @param imageSize height and width the network gets, pixels
 * @param channels channels the network gets
 * @param transforms applied in order to the decoded picture
 * @param mean subtracted per channel, black 0, white 1
 * @param std divides per channel
 */
public record Preprocessing(
        int imageSize, int channels, List<TransformSpec> transforms, List<Double> mean, List<Double> std) {
    /** Copies the lists. */
    public Preprocessing {
        transforms = List.copyOf(transforms);
        mean = List.copyOf(mean);
        std = List.copyOf(std);
    }

    /** What a run uses in validation. */
    public static Preprocessing of(RunConfig config) {
        int channels = config.model().channels();
        Normalization normalization = config.transforms().normalization(channels);
        return new Preprocessing(
                config.model().imageSize(),
                channels,
                config.transforms().eval(),
                normalization.mean(),
                normalization.std());
    }
}
