package io.sichter.cli;

import io.sichter.config.Normalization;
import io.sichter.error.Problem;
import io.sichter.error.UsageException;
import io.sichter.evaluate.Inspector;
import io.sichter.evaluate.PublishedModel;
import io.sichter.model.Models;
import io.sichter.published.WeightsStore;
import io.sichter.text.Text;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A network with weights to look into: those of a run, published ones, or fresh ones. */
final class InspectedOption {
    @Mixin
    private NetworkOption networks = new NetworkOption();

    @Option(names = "--weights", paramLabel = "WHICH", descriptionKey = "inspected-weights")
    private @Nullable String weights;

    @Option(names = "--normalize", paramLabel = "HOW", descriptionKey = "inspected-normalize")
    private @Nullable String normalize;

    /**
     * Opens the network that was meant.
     *
     * @param word a run, or an architecture
     */
    Inspector open(String word, Terminal terminal) {
        if (weights == null && normalize != null) {
            throw new UsageException(Problem.of("cli.inside.normalize", normalize));
        }
        if (weights != null) {
            if (networks.hasClasses() || !Models.names().contains(word)) {
                throw new UsageException(Problem.of("cli.inside.weights", word, String.join(", ", Models.names())));
            }
            return Inspector.ofPublished(new PublishedModel(
                    word,
                    WeightsStore.ofUser().find(weights, word, new FetchProgress(terminal)),
                    networks.imageSize().map(OptionalInt::of).orElse(OptionalInt.empty()),
                    Objects.requireNonNullElse(normalize, Normalization.AUTO)));
        }
        Optional<Path> run = Files.isRegularFile(Path.of(word)) ? Optional.empty() : networks.run(word, terminal);
        if (run.isPresent()) {
            if (networks.hasClasses() || networks.imageSize().isPresent()) {
                throw new UsageException(Problem.of("cli.inside.of_run", run.get()));
            }
            return Inspector.ofRun(run.get());
        }
        terminal.message(Text.of("cli.note", Text.of("cli.inside.fresh", word)));
        return Inspector.ofFresh(networks.find(word, terminal));
    }
}
