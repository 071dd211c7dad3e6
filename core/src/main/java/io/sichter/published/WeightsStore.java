package io.sichter.published;

import io.sichter.config.ModelConfig;
import io.sichter.config.Normalization;
import io.sichter.error.Problem;
import io.sichter.error.StorageException;
import io.sichter.error.UsageException;
import io.sichter.registry.Suggestion;
import io.sichter.storage.Digests;
import io.sichter.storage.DurableFiles;
import io.sichter.storage.UserCache;
import io.sichter.text.Text;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Finds weights by the words of {@code --weights}: a path, {@code imagenet}, or a name of {@code sichter weights list}.
 * What is not on this machine yet is fetched, checked and kept. Every file is hashed before it is used: a damaged or
 * exchanged one is never loaded.
 */
public final class WeightsStore {
    /** What is meant as a file, whether it is there or not. */
    private static final String FILE_NAME = ".*([/\\\\]|\\.(pth|pt|bin|ckpt|safetensors)$).*";

    private final PublishedCatalog catalog;
    private final WeightsFolders folders;
    private final Download download;
    private final boolean offline;

    WeightsStore(PublishedCatalog catalog, WeightsFolders folders, Download download, boolean offline) {
        this.catalog = catalog;
        this.folders = folders;
        this.download = download;
        this.offline = offline;
    }

    /** That of this user, with the files of torchvision and timm; see {@link Network} for when it stays offline. */
    public static WeightsStore ofUser() {
        return new WeightsStore(
                PublishedCatalog.builtIn(),
                WeightsFolders.of(System.getenv(), UserCache.home()),
                Download.usual(),
                Network.offline());
    }

    /** Where files lie. */
    public WeightsFolders folders() {
        return folders;
    }

    /** What is published. */
    public PublishedCatalog catalog() {
        return catalog;
    }

    /** What was fetched or imported. */
    public List<WeightsRecord> records() {
        return folders.records();
    }

    /** Where the file of some published weights lies on this machine, unchecked. */
    public Optional<Path> locate(PublishedWeights weights) {
        return folders.find(weights).stream().findFirst();
    }

    /**
     * The file that is meant.
     *
     * @param word {@code imagenet} (the weights that were imported for that, else the architecture's published default),
     *     a path, or a name
     * @param architecture the network they are for
     * @throws UsageException if nothing is published for the architecture, or there is neither such a file nor such a name
     * @throws StorageException if it cannot be fetched, or is not what was published
     */
    public FoundWeights find(String word, String architecture, FetchListener listener) {
        if (word.equals(ModelConfig.IMAGENET_WEIGHTS)) {
            return imagenet(architecture, listener);
        }
        Path path = Path.of(word);
        if (Files.exists(path)) {
            return ofPath(path, listener);
        }
        Optional<WeightsRecord> imported =
                imported().stream().filter(r -> r.name().equals(word)).findFirst();
        if (imported.isPresent()) {
            return ofRecord(imported.get(), listener);
        }
        if (word.matches(FILE_NAME)) {
            throw new UsageException(Problem.of("weights.missing_file", path));
        }
        Optional<PublishedWeights> named =
                catalog.find(word).filter(weights -> weights.name().equals(word));
        return fetch(named.orElseThrow(() -> unknown(word)), listener);
    }

    private FoundWeights imagenet(String architecture, FetchListener listener) {
        Optional<WeightsRecord> imported = imported().stream()
                .filter(r -> r.imagenet() && r.architecture().equals(architecture))
                .findFirst();
        if (imported.isPresent()) {
            listener.said(Text.of(
                    "published.imported_default",
                    imported.get().name(),
                    imported.get().origin()));
            return ofRecord(imported.get(), listener);
        }
        PublishedWeights weights = catalog.of(architecture).stream()
                .findFirst()
                .orElseThrow(() -> new UsageException(Problem.of(
                        "published.none",
                        architecture,
                        String.join(
                                ", ",
                                catalog.weights().stream()
                                        .map(PublishedWeights::architecture)
                                        .distinct()
                                        .toList()))));
        return fetch(weights, listener);
    }

    private UsageException unknown(String word) {
        List<String> names = Stream.concat(
                        imported().stream().map(WeightsRecord::name),
                        catalog.weights().stream().map(PublishedWeights::name))
                .toList();
        return new UsageException(Problem.of("published.unknown", word, Suggestion.orChoose(word, names)));
    }

    /** What was imported that no package describes. */
    public List<WeightsRecord> imported() {
        return records().stream()
                .filter(r -> catalog.weights().stream().noneMatch(w -> w.name().equals(r.name())))
                .toList();
    }

    private FoundWeights ofPath(Path path, FetchListener listener) {
        if (!Files.isRegularFile(path)) {
            throw new UsageException(Problem.of("weights.missing_file", path));
        }
        String sha256 = hash(path, listener);
        Optional<PublishedWeights> published = catalog.ofDigest(sha256);
        String name =
                published.map(PublishedWeights::name).orElse(path.getFileName().toString());
        return new FoundWeights(
                path,
                name,
                sha256,
                path.toAbsolutePath().toString(),
                published,
                published.map(weights -> weights.preset().normalization()));
    }

    FoundWeights ofRecord(WeightsRecord record, FetchListener listener) {
        Path file = folders.own().resolve(record.file());
        String sha256 = hash(file, listener);
        if (!sha256.equals(record.sha256())) {
            throw new StorageException(Problem.of("published.changed", file, sha256, record.sha256()));
        }
        Optional<Normalization> normalization = record.mean().isEmpty()
                ? Optional.empty()
                : Optional.of(new Normalization(record.mean(), record.std()));
        return new FoundWeights(file, record.name(), sha256, record.origin(), Optional.empty(), normalization);
    }

    /**
     * The file of published weights: from this machine, else fetched.
     *
     * @throws StorageException if it cannot be fetched, or is not what was published
     */
    public FoundWeights fetch(PublishedWeights weights, FetchListener listener) {
        Optional<Path> here = locate(weights);
        if (here.isPresent()) {
            return checked(weights, here.get(), hash(here.get(), listener));
        }
        if (offline) {
            throw new StorageException(Problem.of("published.offline", weights.name(), weights.address()));
        }
        Path target = folders.target(weights);
        download.fetch(weights.address(), target, part -> keep(weights, part, listener), listener);
        WeightsRecord kept = WeightsRecord.read(WeightsRecord.beside(target));
        if (!kept.verified()) {
            listener.said(Text.of("published.unverified", weights.name(), kept.sha256()));
        }
        return checked(weights, target, kept.sha256());
    }

    /** Looks at a file that has just arrived, and records what it is. */
    private void keep(PublishedWeights weights, Path part, FetchListener listener) {
        String sha256 = hash(part, listener);
        if (contradicts(weights, sha256)) {
            Download.discard(part);
            throw new StorageException(Problem.of(
                    "published.wrong_checksum",
                    weights.address(),
                    sha256,
                    weights.sha256Prefix().orElse(""),
                    weights.source()));
        }
        WeightsRecord.of(weights, sha256).write(folders.own());
    }

    private static boolean contradicts(PublishedWeights weights, String sha256) {
        return weights.sha256Prefix()
                .filter(prefix -> !sha256.startsWith(prefix))
                .isPresent();
    }

    /** A file that is here must be what the package says, or else what was recorded when it came. */
    FoundWeights checked(PublishedWeights weights, Path file, String sha256) {
        boolean own = file.equals(folders.target(weights));
        Optional<String> recorded = records().stream()
                .filter(record -> own && record.file().equals(weights.file()))
                .map(WeightsRecord::sha256)
                .findFirst();
        if (contradicts(weights, sha256)
                || recorded.filter(digest -> !digest.equals(sha256)).isPresent()) {
            throw new StorageException(Problem.of(
                    "published.changed",
                    file,
                    sha256,
                    weights.sha256Prefix().or(() -> recorded).orElse("")));
        }
        return new FoundWeights(
                file,
                weights.name(),
                sha256,
                weights.address().toString(),
                Optional.of(weights),
                Optional.of(weights.preset().normalization()));
    }

    /**
     * SHA-256 of a file of weights, in hex.
     *
     * @param listener told how far it is, for such files may be large
     */
    public static String hash(Path file, FetchListener listener) {
        try {
            long total = Files.size(file);
            String name = file.getFileName().toString();
            return Digests.sha256(file, done -> listener.progress(FetchListener.Work.HASH, name, done, total));
        } catch (IOException e) {
            throw DurableFiles.failure("read the weights", file, e);
        }
    }
}
