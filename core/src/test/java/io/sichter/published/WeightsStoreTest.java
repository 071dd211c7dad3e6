package io.sichter.published;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sichter.config.Normalization;
import io.sichter.error.StorageException;
import io.sichter.error.UsageException;
import io.sichter.published.PublishedWeights.Preset;
import io.sichter.storage.Digests;
import io.sichter.text.Text;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Weights by name: from a cache, over the network, by hand; and never any other than those that were meant. */
class WeightsStoreTest {
    private static final byte[] CONTENT = "weights".getBytes(StandardCharsets.UTF_8);
    private static final String DIGEST = Digests.sha256(CONTENT);
    private static final Normalization NORMALIZATION = Normalization.even(0.5, 0.25, 3);

    @TempDir
    private Path folder = Path.of("");

    private final List<String> said = new ArrayList<>();

    private final FetchListener listener = new FetchListener() {
        @Override
        public void progress(Work work, String file, long done, long total) {}

        @Override
        public void said(Text text) {
            said.add(text.toString());
        }
    };

    private static PublishedWeights published(String name, URI address, Optional<String> hub, Optional<String> prefix) {
        return new PublishedWeights(
                name,
                name.substring(0, name.indexOf('.')),
                "a package 1.0",
                address,
                name + ".pth",
                hub,
                prefix,
                OptionalDouble.empty(),
                "BSD-3-Clause",
                "https://example.org",
                0.75,
                0.9,
                new Preset(224, 256, "bilinear", NORMALIZATION));
    }

    private WeightsStore store(boolean offline, PublishedWeights... weights) {
        WeightsFolders folders =
                new WeightsFolders(folder.resolve("own"), folder.resolve("torch"), folder.resolve("hub"));
        Download download = new Download(HttpClient.newHttpClient(), Duration.ofSeconds(5), Duration.ofMillis(1));
        return new WeightsStore(new PublishedCatalog(Map.of(), List.of(weights)), folders, download, offline);
    }

    private static Path write(Path file, byte[] bytes) throws IOException {
        Files.createDirectories(file.getParent());
        return Files.write(file, bytes);
    }

    private static PublishedWeights hashed(URI address) {
        return published("net.v1", address, Optional.empty(), Optional.of(DIGEST.substring(0, 8)));
    }

    @Test
    void whatIsPublishedIsFetchedCheckedAndKept() throws IOException {
        try (FileServer server = new FileServer(CONTENT)) {
            PublishedWeights weights = hashed(server.address());
            FoundWeights found = store(false, weights).find("imagenet", "net", listener);
            assertThat(found.file()).isEqualTo(folder.resolve("own/net.v1.pth")).hasBinaryContent(CONTENT);
            assertThat(found.sha256()).isEqualTo(DIGEST);
            assertThat(found.normalization()).contains(NORMALIZATION);
            assertThat(found.provenance())
                    .containsEntry("name", "net.v1")
                    .containsEntry("sha256", DIGEST)
                    .containsEntry("licence", "BSD-3-Clause");
            assertThat(store(true, weights).find("net.v1", "net", listener)).isEqualTo(found);
            assertThat(server.asked()).hasSize(1);
        }
    }

    @Test
    void anythingElseInItsPlaceIsDeleted() throws IOException {
        try (FileServer server = new FileServer("a login page".getBytes(StandardCharsets.UTF_8))) {
            WeightsStore store = store(false, hashed(server.address()));
            assertThatThrownBy(() -> store.find("imagenet", "net", listener))
                    .isInstanceOf(StorageException.class)
                    .hasMessageContaining("What came is not the published file")
                    .hasMessageContaining(DIGEST.substring(0, 8));
            assertThat(folder.resolve("own")).isDirectoryNotContaining("glob:**net.v1.pth*[!k]");
        }
    }

    @Test
    void withoutAPublishedChecksumTheFirstOneIsRecorded() throws IOException {
        try (FileServer server = new FileServer(CONTENT)) {
            PublishedWeights weights = published("net.v1", server.address(), Optional.empty(), Optional.empty());
            FoundWeights found = store(false, weights).fetch(weights, listener);
            assertThat(said).singleElement().asString().contains("no package carries a checksum", DIGEST);
            assertThat(store(true, weights).records())
                    .singleElement()
                    .satisfies(record -> assertThat(record.verified()).isFalse())
                    .extracting(WeightsRecord::sha256)
                    .isEqualTo(DIGEST);

            Files.writeString(found.file(), "exchanged");
            assertThatThrownBy(() -> store(true, weights).fetch(weights, listener))
                    .isInstanceOf(StorageException.class)
                    .hasMessageContaining("is not what it was");
        }
    }

    @Test
    void theCachesOfOthersAreUsed() throws IOException {
        URI nowhere = URI.create("http://127.0.0.1:9/x");
        PublishedWeights torch = hashed(nowhere);
        Path file = write(folder.resolve("torch/net.v1.pth"), CONTENT);
        assertThat(store(true, torch).find("imagenet", "net", listener).file()).isEqualTo(file);

        PublishedWeights hub = published("other.v1", nowhere, Optional.of("timm/other.v1"), Optional.empty());
        Path snapshot = write(folder.resolve("hub/models--timm--other.v1/snapshots/abc/model.safetensors"), CONTENT);
        assertThat(store(true, hub).find("imagenet", "other", listener).file()).isEqualTo(snapshot);

        Files.writeString(file, "damaged");
        assertThatThrownBy(() -> store(true, torch).find("imagenet", "net", listener))
                .hasMessageContaining(file.toString())
                .hasMessageContaining("is not what it was");
    }

    @Test
    void offlineItIsSaidHowToBringTheFile() {
        PublishedWeights weights = hashed(URI.create("http://127.0.0.1:9/x"));
        assertThatThrownBy(() -> store(true, weights).find("imagenet", "net", listener))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("http://127.0.0.1:9/x")
                .hasMessageContaining("sichter weights import FILE --as net.v1");
    }

    @Test
    void aPathIsRecognisedByItsChecksum() throws IOException {
        PublishedWeights weights = hashed(URI.create("http://127.0.0.1:9/x"));
        Path file = write(folder.resolve("renamed.bin"), CONTENT);
        FoundWeights found = store(true, weights).find(file.toString(), "net", listener);
        assertThat(found.published()).contains(weights);
        assertThat(found.normalization()).contains(NORMALIZATION);

        Path foreign = write(folder.resolve("foreign.bin"), new byte[] {1});
        FoundWeights other = store(true, weights).find(foreign.toString(), "net", listener);
        assertThat(other.published()).isEmpty();
        assertThat(other.normalization()).isEmpty();
        assertThat(other.name()).isEqualTo("foreign.bin");
    }

    @Test
    void whatIsImportedMustBeWhatItIsSaidToBe() throws IOException {
        PublishedWeights weights = hashed(URI.create("http://127.0.0.1:9/x"));
        WeightsStore store = store(true, weights);
        Path good = write(folder.resolve("good.pth"), CONTENT);
        Path bad = write(folder.resolve("bad.pth"), new byte[] {1, 2, 3});
        WeightsImport importer = new WeightsImport(store, listener);
        assertThatThrownBy(() -> importer.published(bad, weights))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("not what it is said to be");
        assertThat(store.locate(weights)).isEmpty();
        assertThat(importer.published(good, weights).file()).hasBinaryContent(CONTENT);
        assertThat(store.find("imagenet", "net", listener).sha256()).isEqualTo(DIGEST);
    }

    @Test
    void weightsOfOnesOwnMayStandForImagenetAndThatIsSaid() throws IOException {
        PublishedWeights weights = hashed(URI.create("http://127.0.0.1:9/x"));
        WeightsStore store = store(true, weights);
        WeightsImport importer = new WeightsImport(store, listener);
        Path own = write(folder.resolve("own.safetensors"), new byte[] {4, 5});
        FoundWeights first = importer.other(own, "net", false, Optional.empty());
        assertThatThrownBy(() -> store.find("imagenet", "net", listener)).isInstanceOf(StorageException.class);
        assertThat(store.find(first.name(), "net", listener)).isEqualTo(first);

        FoundWeights second = importer.other(
                write(folder.resolve("two.safetensors"), new byte[] {6}), "net", true, Optional.of(NORMALIZATION));
        assertThat(store.find("imagenet", "net", listener)).isEqualTo(second);
        assertThat(second.normalization()).contains(NORMALIZATION);
        assertThat(said).last().asString().contains("not the published ones");

        FoundWeights third = importer.other(
                write(folder.resolve("three.safetensors"), new byte[] {7}), "net", true, Optional.empty());
        assertThat(store.find("imagenet", "net", listener)).isEqualTo(third);
        assertThat(store.imported()).filteredOn(WeightsRecord::imagenet).hasSize(1);
    }

    @Test
    void whatIsNotThereIsAnsweredWithTheNearest() {
        WeightsStore store = store(true, hashed(URI.create("http://127.0.0.1:9/x")));
        assertThatThrownBy(() -> store.find("net.v2", "net", listener))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("Did you mean \"net.v1\"?");
        assertThatThrownBy(() -> store.find("imagenet", "home_made", listener))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("Nothing is published for this architecture");
    }
}
