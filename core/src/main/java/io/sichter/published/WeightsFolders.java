package io.sichter.published;

import io.sichter.storage.DurableFiles;
import io.sichter.storage.UserCache;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where files of weights may lie already: Sichter's own folder and the caches of PyTorch and Hugging Face, which are only
 * read.
 *
 * @param own Sichter's
 * @param torch PyTorch's, {@code $TORCH_HOME/hub/checkpoints}
 * @param hub Hugging Face's, {@code $HF_HOME/hub}
 */
public record WeightsFolders(Path own, Path torch, Path hub) {
    /** Those that an environment names. */
    public static WeightsFolders of(Map<String, String> environment, Path home) {
        Path general = UserCache.general(environment, home);
        Path torch = named(environment, "TORCH_HOME").orElse(general.resolve("torch"));
        Path face = named(environment, "HF_HOME").orElse(general.resolve("huggingface"));
        return new WeightsFolders(
                UserCache.folder(environment, home).resolve("weights"),
                torch.resolve("hub").resolve("checkpoints"),
                named(environment, "HF_HUB_CACHE").orElse(face.resolve("hub")));
    }

    private static Optional<Path> named(Map<String, String> environment, String variable) {
        return Optional.of(environment.getOrDefault(variable, ""))
                .filter(text -> !text.isEmpty())
                .map(Path::of);
    }

    /** Where Sichter keeps a file of its own. */
    Path target(PublishedWeights weights) {
        return own.resolve(weights.file());
    }

    /** The places where a file lies, Sichter's own first. */
    List<Path> find(PublishedWeights weights) {
        Stream<Path> usual = Stream.of(target(weights), torch.resolve(weights.file()));
        Stream<Path> snapshots = weights.hub().stream().flatMap(this::snapshots);
        return Stream.concat(usual, snapshots).filter(Files::isRegularFile).toList();
    }

    /** Hugging Face keeps every version of a repository in a folder of its own; the newest first. */
    private Stream<Path> snapshots(String repository) {
        Path folder = hub.resolve("models--" + repository.replace("/", "--")).resolve("snapshots");
        return list(folder).stream()
                .sorted(Comparator.<Path>comparingLong(
                                version -> version.toFile().lastModified())
                        .reversed())
                .map(version -> version.resolve("model.safetensors"));
    }

    /** What Sichter knows about the files of its own. */
    List<WeightsRecord> records() {
        return list(own).stream()
                .filter(file -> file.getFileName().toString().endsWith(".json"))
                .sorted()
                .map(WeightsRecord::read)
                .filter(record -> Files.isRegularFile(own.resolve(record.file())))
                .toList();
    }

    private static List<Path> list(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        } catch (IOException e) {
            throw DurableFiles.failure("read the weights", folder, e);
        }
    }
}
