package io.sichter.evaluate;

import io.sichter.config.Normalization;
import io.sichter.config.TransformsConfig;
import io.sichter.error.Problem;
import io.sichter.error.UsageException;
import io.sichter.run.Preprocessing;
import io.sichter.storage.WeightsFile.Statistics;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A network with published weights for the 1,000 classes of ImageNet.
 *
 * @param architecture registered name
 * @param weights the file
 * @param imageSize height and width the network gets, pixels
 * @param normalize {@code auto} takes what is recorded with the weights; else see {@link Normalization#fixed}
 */
public record PublishedModel(String architecture, Path weights, int imageSize, String normalize) {
    private static final int COLOURS = 3; // published weights are for colour

    /**
     * How a picture becomes the network's input.
     *
     * @param recorded with the weights
     * @throws UsageException if the normalisation is neither named nor recorded, or its name is unknown
     */
    Preprocessing preprocessing(Optional<Statistics> recorded) {
        Normalization normalization = named().or(
                        () -> recorded.map(numbers -> new Normalization(numbers.mean(), numbers.std())))
                .orElseThrow(() -> new UsageException(Problem.of("weights.no_statistics", weights)));
        return preprocessing(imageSize, COLOURS, normalization);
    }

    /** The usual way of a picture: resized, the middle cut out, normalised. */
    static Preprocessing preprocessing(int imageSize, int channels, Normalization normalization) {
        return new Preprocessing(
                imageSize, channels, TransformsConfig.defaults().eval(), normalization.mean(), normalization.std());
    }

    private Optional<Normalization> named() {
        Optional<Normalization> fixed = Normalization.fixed(normalize, COLOURS);
        if (fixed.isEmpty() && !normalize.equals(Normalization.AUTO)) {
            throw new UsageException(Problem.of("evaluate.published_normalize", normalize));
        }
        return fixed;
    }
}
