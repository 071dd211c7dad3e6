package io.sichter.model;

import io.sichter.config.LayerSpec;
import io.sichter.config.ModelConfig;
import io.sichter.error.Problem;
import io.sichter.error.UsageException;
import java.util.List;
import java.util.OptionalDouble;

/**
 * What a network is built for. What a family cannot do anything with is refused when it is asked for, see
 * {@link Architecture}.
 *
 * @param numClasses number of outputs, at least 1
 * @param channels channels of the pictures, at least 1
 * @param imageSize height and width of the pictures in pixels, at least 1
 * @param stem first layers
 * @param dropout share of the numbers dropped before the classifier, 0 to below 1; empty takes the family's
 * @param dropPath share of the pictures that leave out the deepest residual branch, 0 to below 1; empty takes the
 *     family's
 * @param norm constants of the batch norms
 * @param head what makes scores of the features
 * @param layers the network itself, for one of one's own; else empty
 */
public record ModelOptions(
        int numClasses,
        int channels,
        int imageSize,
        Stem stem,
        OptionalDouble dropout,
        OptionalDouble dropPath,
        NormConstants norm,
        Head head,
        List<LayerSpec> layers) {

    /** The first layers of a network. */
    public enum Stem {
        /** As published: they shrink the picture to a half or a quarter. */
        IMAGENET,
        /** For pictures of 32 to 64 pixels: with stride 1 and without pooling. */
        SMALL
    }

    /** Constants of the batch norms. */
    public enum NormConstants {
        /** Those of the family. */
        USUAL,
        /** Keras's: eps 1e-3, a hundredth of each batch goes into the running statistics. */
        KERAS
    }

    /** What makes scores of the features. */
    public enum Head {
        /** As published. */
        LINEAR,
        /** fastai's, of two pools and two linear layers. */
        CONCAT_POOL
    }

    /** Checks the ranges. */
    public ModelOptions {
        layers = List.copyOf(layers);
        require("model.classes", numClasses);
        require("model.channels", channels);
        require("model.image_size", imageSize);
        requireShare("model.dropout", dropout);
        requireShare("model.drop_path", dropPath);
    }

    /** A network as published. */
    public ModelOptions(int numClasses, int channels, int imageSize) {
        this(
                numClasses,
                channels,
                imageSize,
                Stem.IMAGENET,
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                NormConstants.USUAL,
                Head.LINEAR,
                List.of());
    }

    /**
     * What a configuration asks for.
     *
     * @param config with a stem that is not {@code auto} any more
     */
    public static ModelOptions of(ModelConfig config, int classes) {
        return new ModelOptions(
                classes,
                config.channels(),
                config.imageSize(),
                config.stem().equals("small") ? Stem.SMALL : Stem.IMAGENET,
                share(config.dropout()),
                share(config.dropPath()),
                config.norm().equals("keras") ? NormConstants.KERAS : NormConstants.USUAL,
                config.head().equals("concat_pool") ? Head.CONCAT_POOL : Head.LINEAR,
                config.layers());
    }

    private static OptionalDouble share(double value) {
        return value == ModelConfig.OWN ? OptionalDouble.empty() : OptionalDouble.of(value);
    }

    /** The same with other first layers. */
    public ModelOptions with(Stem other) {
        return new ModelOptions(numClasses, channels, imageSize, other, dropout, dropPath, norm, head, layers);
    }

    /** The same with other constants of the batch norms. */
    public ModelOptions with(NormConstants other) {
        return new ModelOptions(numClasses, channels, imageSize, stem, dropout, dropPath, other, head, layers);
    }

    /** The same for another number of outputs and pictures of another height and width in pixels. */
    public ModelOptions with(int classes, int otherSize) {
        return new ModelOptions(classes, channels, otherSize, stem, dropout, dropPath, norm, head, layers);
    }

    /** The same for a network of one's own. */
    public ModelOptions with(List<LayerSpec> other) {
        return new ModelOptions(numClasses, channels, imageSize, stem, dropout, dropPath, norm, head, other);
    }

    /** The same with this share of numbers dropped before the classifier. */
    public ModelOptions withDropout(double share) {
        return new ModelOptions(
                numClasses, channels, imageSize, stem, OptionalDouble.of(share), dropPath, norm, head, layers);
    }

    /** The same with this share of pictures leaving out the deepest branch. */
    public ModelOptions withDropPath(double share) {
        return new ModelOptions(
                numClasses, channels, imageSize, stem, dropout, OptionalDouble.of(share), norm, head, layers);
    }

    /** The same with another head. */
    public ModelOptions with(Head other) {
        return new ModelOptions(numClasses, channels, imageSize, stem, dropout, dropPath, norm, other, layers);
    }

    private static void require(String what, int value) {
        if (value < 1) {
            throw new UsageException(Problem.of("model.not_positive", what, value));
        }
    }

    private static void requireShare(String what, OptionalDouble share) {
        share.ifPresent(value -> {
            if (!(value >= 0 && value < 1)) {
                throw new UsageException(Problem.of("model.no_share", what, value));
            }
        });
    }
}
