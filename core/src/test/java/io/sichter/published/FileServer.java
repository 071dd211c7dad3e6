package io.sichter.published;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;

/** A server of one file on this machine, as well or as badly behaved as a test needs it. */
final class FileServer implements AutoCloseable {
    private final HttpServer server;
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private byte[] content;
    private String version = "\"1\"";
    private boolean ranges = true;
    private int status;
    private int cuts;
    private boolean silent;

    FileServer(byte[] content) throws IOException {
        this.content = content.clone();
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/net-12345678.pth");
    }

    /** The Range headers of all requests, "-" where there was none. */
    List<String> asked() {
        return asked;
    }

    /** The next so many answers break off in the middle of what is left. */
    FileServer cut(int answers) {
        cuts = answers;
        return this;
    }

    FileServer withoutRanges() {
        ranges = false;
        return this;
    }

    /** Answers everything with this status. */
    FileServer status(int code) {
        status = code;
        return this;
    }

    /** Another version of the file from now on. */
    FileServer replace(byte[] bytes) {
        content = bytes.clone();
        version = "\"2\"";
        return this;
    }

    /** Sends the first half of what is left and then nothing, without closing. */
    FileServer silent() {
        silent = true;
        return this;
    }

    private void answer(HttpExchange exchange) throws IOException {
        String range = Objects.requireNonNullElse(exchange.getRequestHeaders().getFirst("Range"), "-");
        asked.add(range);
        if (status > 0) {
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
            return;
        }
        boolean same = version.equals(exchange.getRequestHeaders().getFirst("If-Range"));
        int from = ranges && same && range.startsWith("bytes=")
                ? Integer.parseInt(range.substring("bytes=".length(), range.length() - 1))
                : 0;
        exchange.getResponseHeaders().set("ETag", version);
        if (from > 0) {
            exchange.getResponseHeaders()
                    .set("Content-Range", "bytes " + from + "-" + (content.length - 1) + "/" + content.length);
        }
        byte[] rest = Arrays.copyOfRange(content, from, content.length);
        exchange.sendResponseHeaders(from > 0 ? 206 : 200, rest.length);
        send(exchange, rest);
    }

    private void send(HttpExchange exchange, byte[] rest) throws IOException {
        boolean whole = cuts == 0 && !silent;
        OutputStream out = exchange.getResponseBody();
        out.write(rest, 0, whole ? rest.length : rest.length / 2);
        out.flush();
        if (whole) {
            exchange.close();
        } else if (cuts > 0) {
            cuts--;
            throw new IOException("the line breaks");
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
