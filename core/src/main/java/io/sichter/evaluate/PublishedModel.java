package io.sichter.evaluate;

import io.sichter.config.Normalization;
import io.sichter.config.TransformSpec;
import io.sichter.config.TransformsConfig;
import io.sichter.error.Problem;
import io.sichter.error.UsageException;
import io.sichter.published.FoundWeights;
import io.sichter.published.PublishedWeights;
import io.sichter.published.PublishedWeights.Preset;
import io.sichter.run.Preprocessing;
import io.sichter.storage.WeightsFile;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A network with published weights, for the 1,000 classes of ImageNet or for those that a {@code config.json} beside the
 * weights names.
 *
 * @param architecture registered name
 * @param weights the file, and what is known of it
 * @param imageSize height and width the network gets, pixels; empty takes what the weights were published for, else 224
 * @param normalize {@code auto} takes what is recorded with the weights; else see {@link Normalization#fixed}
 */
public record PublishedModel(String architecture, FoundWeights weights, OptionalInt imageSize, String normalize) {
    private static final int COLOURS = 3; // published weights are for colour

    /** What nearly all published weights were trained with. */
    private static final int USUAL_SIZE = 224;

    /**
     * How a picture becomes the network's input: as in the published judgement, where it is known.
     *
     * @throws UsageException if the normalisation is neither named nor recorded, or its name is unknown
     */
    Preprocessing preprocessing(WeightsFile file) {
        Normalization normalization = named().or(weights::normalization)
                .or(() -> file.statistics().map(numbers -> new Normalization(numbers.mean(), numbers.std())))
                .orElseThrow(() -> new UsageException(Problem.of("weights.no_statistics", file.file())));
        Optional<Preset> preset = weights.published().map(PublishedWeights::preset);
        int size = imageSize.orElseGet(
                () -> preset.map(Preset::imageSize).orElse(file.imageSize().orElse(USUAL_SIZE)));
        List<TransformSpec> transforms = preset.map(published -> published.transforms(size))
                .orElse(TransformsConfig.defaults().eval());
        return new Preprocessing(size, COLOURS, transforms, normalization.mean(), normalization.std());
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
