package io.sichter.published;

import io.sichter.error.Problem;
import io.sichter.error.StorageException;
import io.sichter.storage.DurableFiles;
import io.sichter.text.Text;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Fetches one file over HTTP. What has arrived is kept in {@code FILE.part}, and a later attempt asks for the rest (RFC
 * 9110, section 14); a server that cannot do that sends everything again. {@code FILE.part.version} keeps what the server
 * called this version of the file, so that two versions are never joined. Only one process fetches a file at a time.
 */
final class Download {
    private static final int ATTEMPTS = 4;
    private static final int BUFFER = 1 << 16;
    private static final Pattern CONTENT_RANGE = Pattern.compile("bytes (\\d+)-\\d+/(\\d+|\\*)");

    private final HttpClient client;
    private final Duration stall;
    private final Duration pause;

    /** A server's refusal, which another attempt would not change. */
    private static final class Refused extends Exception {
        private static final long serialVersionUID = 1L;
        private final int status;

        Refused(int status) {
            super("HTTP " + status);
            this.status = status;
        }
    }

    /**
     * One that gives up an attempt when nothing arrives.
     *
     * @param stall longest time without a byte
     * @param pause before the second attempt; each later one waits twice as long
     */
    Download(HttpClient client, Duration stall, Duration pause) {
        this.client = client;
        this.stall = stall;
        this.pause = pause;
    }

    /** One that goes by the proxy of the environment. */
    static Download usual() {
        HttpClient client = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NORMAL)
                .connectTimeout(Duration.ofSeconds(15))
                .proxy(new EnvironmentProxy(System.getenv()))
                .build();
        return new Download(client, Duration.ofSeconds(60), Duration.ofSeconds(1));
    }

    /**
     * Fetches a file, unless it is there.
     *
     * @param check looks at the whole file before it gets its name, and throws if it is not what was wanted
     * @throws StorageException if it cannot be had; what has arrived stays for the next time
     */
    @SuppressWarnings("try") // the lock is there to be held; nothing else is asked of it
    void fetch(URI address, Path target, Consumer<Path> check, FetchListener listener) {
        Path part = beside(target, ".part");
        Path queue = beside(target, ".lock");
        DurableFiles.makeFolder(Objects.requireNonNull(target.toAbsolutePath().getParent()));
        synchronized (Download.class) { // a lock on a file holds between processes only
            try (FileChannel gate = FileChannel.open(queue, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock lock = gate.lock()) {
                if (!Files.exists(target)) {
                    fetch(address, part, listener);
                    check.accept(part);
                    DurableFiles.commit(part, target);
                    Files.deleteIfExists(beside(part, ".version"));
                }
            } catch (IOException e) {
                throw DurableFiles.failure("keep the weights", target, e);
            }
        }
    }

    /** Throws away what has arrived of a file. */
    static void discard(Path part) {
        DurableFiles.deleteTree(part);
        DurableFiles.deleteTree(beside(part, ".version"));
    }

    private void fetch(URI address, Path part, FetchListener listener) {
        String file = name(part);
        Throwable last = new IOException();
        try {
            for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
                rest(attempt);
                try (FileChannel out = FileChannel.open(part, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                    attempt(address, part, out, listener);
                    out.force(true);
                    return;
                } catch (IOException e) {
                    last = e;
                }
            }
        } catch (Refused e) {
            throw new StorageException(Problem.of("published.refused", address, e.status, file), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            last = e;
        }
        throw new StorageException(Problem.of("published.unreachable", address, reason(last), file), last);
    }

    private static Path beside(Path file, String ending) {
        return file.resolveSibling(file.getFileName() + ending);
    }

    private void rest(int attempt) throws InterruptedException {
        if (attempt > 0) {
            Thread.sleep(pause.multipliedBy(1L << (attempt - 1)).toMillis());
        }
    }

    private void attempt(URI address, Path part, FileChannel file, FetchListener listener)
            throws IOException, InterruptedException, Refused {
        Path versionFile = beside(part, ".version");
        String version =
                Files.isRegularFile(versionFile) ? Files.readString(versionFile).strip() : "";
        long have = version.isEmpty() ? 0 : file.size();
        HttpRequest.Builder request =
                HttpRequest.newBuilder(address).timeout(stall).header("Accept-Encoding", "identity");
        if (have > 0) {
            request.header("Range", "bytes=" + have + "-").header("If-Range", version);
        }
        HttpResponse<InputStream> response =
                client.send(request.GET().build(), HttpResponse.BodyHandlers.ofInputStream());
        try (InputStream body = response.body()) {
            long from = begin(response, have);
            if (from < 0) { // the rest it was asked for does not exist: the part is not the beginning of this file
                Files.delete(versionFile);
                throw new IOException("HTTP 416");
            }
            file.truncate(from);
            Files.deleteIfExists(versionFile);
            version(response).ifPresent(text -> DurableFiles.write(versionFile, text));
            OptionalLong total = total(response, from);
            long done = copy(body, file, from, total.orElse(0), part, listener);
            if (total.isPresent() && done != total.getAsLong()) {
                throw new IOException(done + " / " + total.getAsLong());
            }
            listener.progress(FetchListener.Work.DOWNLOAD, name(part), done, done);
        }
    }

    /** Where the bytes that come belong; -1 if the file has no such place. */
    private static long begin(HttpResponse<?> response, long have) throws IOException, Refused {
        int status = response.statusCode();
        if (status == 200) {
            return 0;
        } else if (status == 416) {
            return -1;
        } else if (status == 206) {
            Matcher range = range(response);
            if (!range.matches() || Long.parseLong(range.group(1)) != have) {
                throw new IOException("Content-Range");
            }
            return have;
        } else if (status >= 500 || status == 429 || status == 408) {
            throw new IOException("HTTP " + status);
        }
        throw new Refused(status);
    }

    private static Matcher range(HttpResponse<?> response) {
        return CONTENT_RANGE.matcher(
                response.headers().firstValue("Content-Range").orElse(""));
    }

    private static OptionalLong total(HttpResponse<?> response, long from) {
        OptionalLong length = response.headers().firstValueAsLong("Content-Length");
        return length.isPresent() ? OptionalLong.of(from + length.getAsLong()) : OptionalLong.empty();
    }

    /** What the server calls this version; a weak tag names contents that only mean the same. */
    private static Optional<String> version(HttpResponse<?> response) {
        return response.headers()
                .firstValue("ETag")
                .filter(tag -> !tag.toUpperCase(Locale.ROOT).startsWith("W/"))
                .or(() -> response.headers().firstValue("Last-Modified"));
    }

    private long copy(InputStream body, FileChannel file, long from, long total, Path part, FetchListener listener)
            throws IOException {
        byte[] bytes = new byte[BUFFER];
        long done = from;
        try (StallGuard guard = new StallGuard(body, stall)) {
            for (int n = body.read(bytes); n >= 0; n = body.read(bytes)) {
                guard.alive();
                write(file, ByteBuffer.wrap(bytes, 0, n), done, part);
                done += n;
                if (total == 0 || done < total) {
                    listener.progress(FetchListener.Work.DOWNLOAD, name(part), done, total);
                }
            }
        }
        return done;
    }

    /** A disk that is full is no matter of the network, and another attempt would not help. */
    private static void write(FileChannel file, ByteBuffer bytes, long position, Path part) {
        try {
            while (bytes.hasRemaining()) {
                position += file.write(bytes, position);
            }
        } catch (IOException e) {
            throw DurableFiles.failure("keep the weights", part, e);
        }
    }

    private static String name(Path part) {
        String name = part.getFileName().toString();
        return name.substring(0, name.length() - ".part".length());
    }

    private static Text reason(Throwable failure) {
        String detail = failure.getMessage() == null ? "" : " " + failure.getMessage();
        return Text.joined(
                "", List.of(Text.verbatim(failure.getClass().getSimpleName()), Text.verbatim(detail.stripTrailing())));
    }
}
