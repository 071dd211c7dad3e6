package io.sichter.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Another process to measure: either long-lived, answering {@code run N} as {@link StepServer} says, or one whole run
 * whose lines of JSON are read. It gets this process's environment, so that all sides have the same threads and the same
 * allocator.
 */
public final class PeerProcess implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String name;
    private final Process process;
    private final BufferedReader out;
    private final BufferedWriter in;

    private PeerProcess(String name, Process process) {
        this.name = name;
        this.process = process;
        this.out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        this.in = new BufferedWriter(new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8));
    }

    /** Starts a long-lived child and waits until it is ready. Its standard error is this process's own. */
    public static PeerProcess serving(String name, List<String> command) throws IOException {
        PeerProcess peer = start(name, command);
        try {
            JsonNode ready = peer.answer();
            if (!ready.has("ready")) {
                throw new IOException(name + " did not say that it is ready, but " + ready);
            }
            System.err.println(name + ": " + ready.get("ready").asText());
            return peer;
        } catch (IOException e) {
            peer.close();
            throw e;
        }
    }

    /**
     * Starts a long-lived child in the environment that its users have: with our threads, without our allocator.
     *
     * @see #serving
     */
    public static PeerProcess servingAsUsersDo(String name, List<String> command) throws IOException {
        List<String> plain = new ArrayList<>(List.of("env"));
        for (String variable : List.of("MALLOC_ARENA_MAX", "GLIBC_TUNABLES", "OPENBLAS_NUM_THREADS")) {
            plain.addAll(List.of("-u", variable));
        }
        plain.addAll(command);
        return serving(name, plain);
    }

    /** Runs a whole command and gives the lines of its standard output that are JSON objects, in order. */
    public static List<JsonNode> whole(String name, List<String> command) throws IOException {
        List<JsonNode> objects = new ArrayList<>();
        try (PeerProcess peer = start(name, command)) {
            for (String line = peer.out.readLine(); line != null; line = peer.out.readLine()) {
                if (line.startsWith("{")) {
                    objects.add(JSON.readTree(line));
                }
            }
            int code = peer.process.waitFor();
            if (code != 0 || objects.isEmpty()) {
                throw new IOException(name + " ended with exit code " + code + " after " + objects.size()
                        + " JSON lines: " + String.join(" ", command));
            }
            return objects;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(name + " was interrupted", e);
        }
    }

    /** Starts a command; its standard error is this process's own. */
    private static PeerProcess start(String name, List<String> command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        return new PeerProcess(name, builder.start());
    }

    /** The command line of a Python peer: interpreter from {@code SICHTER_PEER_PYTHON}, else {@code python3}. */
    public static List<String> python(Path script, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(System.getenv().getOrDefault("SICHTER_PEER_PYTHON", "python3"));
        command.add(script.toString());
        command.addAll(arguments);
        return command;
    }

    /** The command line of a Java child with this process's own JVM flags and class path. */
    public static List<String> java(String classPath, String main, List<String> flags, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(java.lang.management.ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(flags);
        command.addAll(List.of("-cp", classPath, main));
        command.addAll(arguments);
        return command;
    }

    /** Lets a serving child run some steps; gives its pictures per second. */
    public double imagesPerSecond(int steps) throws IOException {
        JsonNode answer = run(steps);
        return answer.get("images").asDouble() / answer.get("seconds").asDouble();
    }

    /** Lets a serving child run some steps; gives the seconds of one. */
    public double secondsPerStep(int steps) throws IOException {
        return run(steps).get("seconds").asDouble() / steps;
    }

    @Override
    public void close() {
        try {
            in.close();
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            process.destroyForcibly(); // it ended before us: nothing is left to tell it
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private JsonNode run(int steps) throws IOException {
        in.write("run " + steps + "\n");
        in.flush();
        JsonNode answer = answer();
        if (!answer.path("loss").isNumber()) {
            throw new IOException(name + " trained nothing: the loss is not finite in " + answer);
        }
        return answer;
    }

    private JsonNode answer() throws IOException {
        String line = out.readLine();
        if (line == null) {
            throw new IOException(name + " ended without an answer; its own message stands above");
        }
        return JSON.readTree(line);
    }
}
