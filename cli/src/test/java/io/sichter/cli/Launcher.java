package io.sichter.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** Runs the launcher as a person does, with the classes under test and without a nested build. */
final class Launcher {
    /** What a command left behind. */
    record Outcome(int exitCode, String out, String err) {}

    private static final long LIMIT_SECONDS = 600;

    private final Path folder;
    private final Map<String, String> environment = new HashMap<>();

    /** One that starts in a folder. */
    Launcher(Path folder) {
        this.folder = folder;
        environment.putAll(underTest());
        environment.put("LC_ALL", "en_US.UTF-8"); // whatever this machine speaks
    }

    /** What makes the script run the classes under test with this Java. */
    static Map<String, String> underTest() {
        return Map.of(
                "SICHTER_CLASSPATH",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                "JAVA_HOME",
                System.getProperty("java.home"));
    }

    /** The script itself. */
    static Path script() {
        Path module = Path.of("").toAbsolutePath();
        return Objects.requireNonNull(module.getParent(), "the module lies in the repository")
                .resolve("sichter");
    }

    /** Sets a variable of the environment, or removes it with an empty value. */
    Launcher with(String name, String value) {
        environment.put(name, value);
        return this;
    }

    Outcome run(String... arguments) {
        return run(script(), arguments);
    }

    Outcome run(Path script, String... arguments) {
        try {
            Path out = Files.createTempFile("sichter", ".out");
            Path err = Files.createTempFile("sichter", ".err");
            Process process = start(script, out, err, arguments);
            if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("Still running: " + List.of(arguments));
            }
            Outcome outcome = new Outcome(
                    process.exitValue(),
                    Files.readString(out, StandardCharsets.UTF_8),
                    Files.readString(err, StandardCharsets.UTF_8));
            Files.delete(out);
            Files.delete(err);
            return outcome;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted", e);
        }
    }

    private Process start(Path script, Path out, Path err, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(script.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        environment.forEach((name, value) -> {
            if (value.isEmpty()) {
                builder.environment().remove(name);
            } else {
                builder.environment().put(name, value);
            }
        });
        return builder.start();
    }
}
