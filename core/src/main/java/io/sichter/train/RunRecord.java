package io.sichter.train;

import io.sichter.config.RunConfig;
import io.sichter.run.Provenance;
import io.sichter.run.RunDirectory;
import io.sichter.storage.Digests;
import io.sichter.storage.DurableFiles;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.Loader;

/** Writes where a run comes from. */
final class RunRecord {
    private RunRecord() {}

    /**
     * Writes the provenance of a run whose split is already written.
     *
     * @param weights what it begins with; empty from scratch
     */
    static void write(RunDirectory run, RunConfig config, Map<String, String> weights) {
        Provenance provenance = new Provenance(
                Provenance.version(),
                libraries(),
                Provenance.javaVersion(),
                Provenance.machineName(),
                config.runtime().device(),
                config.runtime().precision(),
                config.runtime().threads(),
                config.seed(),
                fingerprint(run),
                weights,
                command(),
                Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        DurableFiles.write(run.provenance(), provenance.toJson());
    }

    private static Map<String, String> libraries() {
        return Map.of(
                "pytorch", version("pytorch"),
                "opencv", version("opencv"),
                "platform", Loader.getPlatform());
    }

    /** Version of a native library and its binding, such as 2.10.0-1.5.13. */
    private static String version(String artifact) {
        try {
            return Loader.getVersion("org.bytedeco", artifact);
        } catch (IOException e) {
            return "unknown"; // a repackaged application may have dropped the jars' descriptions
        }
    }

    private static String fingerprint(RunDirectory run) {
        try {
            return Digests.sha256(run.split());
        } catch (IOException e) {
            throw DurableFiles.failure("read", run.split(), e);
        }
    }

    /** What was typed, where the platform tells; nothing when an application trains. */
    private static List<String> command() {
        return ProcessHandle.current()
                .info()
                .arguments()
                .map(arguments -> {
                    List<String> all = Arrays.asList(arguments);
                    int jar = all.indexOf("-jar") + 1;
                    boolean typed = jar > 0 && all.get(jar).endsWith("sichter-cli.jar");
                    return typed ? all.subList(jar + 1, all.size()) : List.<String>of();
                })
                .orElse(List.of());
    }
}
