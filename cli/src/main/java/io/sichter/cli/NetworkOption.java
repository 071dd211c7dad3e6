package io.sichter.cli;

import io.sichter.config.ConfigReader;
import io.sichter.config.ModelConfig;
import io.sichter.error.Problem;
import io.sichter.error.UsageException;
import io.sichter.evaluate.Blueprints;
import io.sichter.model.Blueprint;
import io.sichter.model.Models;
import io.sichter.run.RunNames;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which network a command looks at: an architecture by name, one of one's own in a file, or that of a run. */
final class NetworkOption {
    private static final int CLASSES = 1000;
    private static final int IMAGE_SIZE = 224;
    private static final int CHANNELS = 3;

    @Option(names = "--classes", paramLabel = "N", descriptionKey = "network-classes")
    private @Nullable Integer classes;

    @Option(names = "--image-size", paramLabel = "N", descriptionKey = "network-image-size")
    private @Nullable Integer imageSize;

    @Mixin
    private RunsDirOption runsDir = new RunsDirOption();

    /**
     * The network that was meant.
     *
     * @param word a name, a file ending in .yaml or .yml, or a run
     */
    Blueprint find(String word, Terminal terminal) {
        requireWithin("--classes", classes, 1_000_000);
        requireWithin("--image-size", imageSize, 4096);
        Blueprint found = named(word, terminal);
        Blueprint counted = classes == null ? found : found.withClasses(classes);
        return imageSize == null ? counted : counted.withImageSize(imageSize);
    }

    private Blueprint named(String word, Terminal terminal) {
        Path path = Path.of(word);
        boolean yaml = word.endsWith(".yaml") || word.endsWith(".yml");
        if (Models.names().contains(word)) {
            return published(word);
        } else if (yaml && !Files.isDirectory(path)) {
            return Blueprint.of(ConfigReader.read(path).model(), CLASSES);
        }
        return run(word, terminal).map(Blueprints::of).orElseGet(() -> published(word));
    }

    private static Blueprint published(String name) {
        return Blueprint.of(new ModelConfig(name, IMAGE_SIZE, CHANNELS), CLASSES);
    }

    /** The run of that name; empty if it is more likely that a network was meant. */
    Optional<Path> run(String word, Terminal terminal) {
        boolean known = Files.exists(Path.of(word))
                || List.of(RunNames.LAST, RunNames.BEST).contains(word)
                || runsDir.folder().names().stream().anyMatch(name -> name.startsWith(word));
        return known ? Optional.of(runsDir.find(word, terminal)) : Optional.empty();
    }

    /** Whether a number of outputs was asked for. */
    boolean hasClasses() {
        return classes != null;
    }

    /** The size that was asked for. */
    Optional<Integer> imageSize() {
        requireWithin("--image-size", imageSize, 4096);
        return Optional.ofNullable(imageSize);
    }

    private static void requireWithin(String option, @Nullable Integer value, int max) {
        if (value != null && (value < 1 || value > max)) {
            throw new UsageException(Problem.of("cli.within", option, value, max));
        }
    }
}
