package io.sichter.published;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sichter.error.StorageException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files over a network that breaks, from servers of every kind. */
class DownloadTest {
    @TempDir
    private Path folder = Path.of("");

    private final byte[] content = bytes(7);
    private final List<Long> seen = new ArrayList<>();

    private static byte[] bytes(long seed) {
        byte[] bytes = new byte[300_001];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    private Path target() {
        return folder.resolve("cache/net.pth");
    }

    private Path part() {
        return folder.resolve("cache/net.pth.part");
    }

    private void fetch(URI address) {
        Duration stall = Duration.ofMillis(400);
        new Download(HttpClient.newHttpClient(), stall, Duration.ofMillis(1))
                .fetch(address, target(), whole -> {}, (work, file, done, total) -> seen.add(done));
    }

    @Test
    void aWholeFileComesAndNothingElseStays() throws IOException {
        try (FileServer server = new FileServer(content)) {
            fetch(server.address());
            assertThat(target()).hasBinaryContent(content);
            assertThat(part()).doesNotExist();
            assertThat(folder.resolve("cache/net.pth.part.version")).doesNotExist();
            assertThat(seen).isSorted().last().isEqualTo((long) content.length);

            fetch(server.address());
            assertThat(server.asked()).as("what is here is not fetched again").hasSize(1);
        }
    }

    @Test
    void aBrokenLineIsTakenUpWhereItBroke() throws IOException {
        try (FileServer server = new FileServer(content).cut(2)) {
            fetch(server.address());
            assertThat(target()).hasBinaryContent(content);
            assertThat(server.asked()).hasSize(3).first().isEqualTo("-");
            assertThat(server.asked().get(1)).matches("bytes=[1-9]\\d+-");
            assertThat(server.asked().get(2)).isNotEqualTo(server.asked().get(1));
        }
    }

    @Test
    void whatArrivedIsKeptForTheNextProcess() throws IOException {
        try (FileServer server = new FileServer(content).cut(4)) {
            assertThatThrownBy(() -> fetch(server.address()))
                    .isInstanceOf(StorageException.class)
                    .hasMessageContaining("goes on where it stopped")
                    .hasMessageContaining("sichter weights import net.pth");
            assertThat(target()).doesNotExist();
            long kept = Files.size(part());
            assertThat(kept).isBetween(1L, content.length - 1L);

            fetch(server.address());
            assertThat(target()).hasBinaryContent(content);
            assertThat(server.asked()).last().isEqualTo("bytes=" + kept + "-");
        }
    }

    @Test
    void aServerWithoutRangesSendsEverythingAgain() throws IOException {
        try (FileServer server = new FileServer(content).withoutRanges().cut(1)) {
            fetch(server.address());
            assertThat(target()).hasBinaryContent(content);
            assertThat(server.asked()).hasSize(2);
        }
    }

    @Test
    void twoVersionsOfAFileAreNeverJoined() throws IOException {
        byte[] newer = bytes(8);
        try (FileServer server = new FileServer(content).cut(4)) {
            assertThatThrownBy(() -> fetch(server.address())).isInstanceOf(StorageException.class);
            server.replace(newer);
            fetch(server.address());
            assertThat(target()).hasBinaryContent(newer);
        }
    }

    @Test
    void aServerThatFallsSilentIsGivenUp() throws IOException {
        try (FileServer server = new FileServer(content).silent()) {
            assertThatThrownBy(() -> fetch(server.address())).isInstanceOf(StorageException.class);
            assertThat(server.asked()).as("it is asked again").hasSizeGreaterThan(1);
        }
    }

    @Test
    void aRefusalIsSaidAtOnce() throws IOException {
        try (FileServer server = new FileServer(content).status(404)) {
            assertThatThrownBy(() -> fetch(server.address()))
                    .isInstanceOf(StorageException.class)
                    .hasMessageContaining("HTTP 404")
                    .hasMessageContaining(server.address().toString());
            assertThat(server.asked()).hasSize(1);
        }
        try (FileServer server = new FileServer(content).status(503)) {
            assertThatThrownBy(() -> fetch(server.address())).hasMessageContaining("HTTP 503");
            assertThat(server.asked()).as("a busy server is asked again").hasSize(4);
        }
    }

    @Test
    void withoutANetworkItIsSaidHowToDoWithout() throws IOException {
        URI gone;
        try (FileServer server = new FileServer(content)) {
            gone = server.address();
        }
        assertThatThrownBy(() -> fetch(gone))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining(gone.toString())
                .hasMessageContaining("https_proxy")
                .hasMessageContaining("sichter weights import");
    }
}
