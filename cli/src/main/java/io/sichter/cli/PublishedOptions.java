package io.sichter.cli;

import io.sichter.config.Normalization;
import io.sichter.error.Problem;
import io.sichter.error.UsageException;
import io.sichter.evaluate.PublishedModel;
import io.sichter.published.FoundWeights;
import io.sichter.published.WeightsStore;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that name published weights in place of a run. */
final class PublishedOptions {
    @Option(names = "--model", paramLabel = "NAME", descriptionKey = "published-model")
    private @Nullable String model;

    @Option(names = "--weights", paramLabel = "WHICH", descriptionKey = "published-weights")
    private @Nullable String weights;

    @Option(names = "--image-size", paramLabel = "N", descriptionKey = "published-size")
    private @Nullable Integer imageSize;

    @Option(names = "--normalize", paramLabel = "HOW", descriptionKey = "published-normalize")
    private @Nullable String normalize;

    /**
     * The network they name, with its file found or fetched.
     *
     * @return empty if none of them was given
     * @throws UsageException if some are missing
     */
    Optional<PublishedModel> model(Terminal terminal) {
        if (model != null && weights != null) {
            FoundWeights found = WeightsStore.ofUser().find(weights, model, new FetchProgress(terminal));
            return Optional.of(new PublishedModel(
                    model,
                    found,
                    imageSize == null ? OptionalInt.empty() : OptionalInt.of(imageSize),
                    Objects.requireNonNullElse(normalize, Normalization.AUTO)));
        }
        if (model != null || weights != null || imageSize != null || normalize != null) {
            throw new UsageException(Problem.of("cli.published"));
        }
        return Optional.empty();
    }

    /** Whether a network is named. */
    boolean given() {
        return model != null;
    }
}
