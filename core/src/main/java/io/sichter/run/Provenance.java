package io.sichter.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.sichter.error.Problem;
import io.sichter.error.StorageException;
import io.sichter.storage.DurableFiles;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Where a run comes from: enough to repeat it, or to see why it cannot be repeated here.
 *
 * @param sichter version of Sichter
 * @param libraries versions of the native libraries by name
 * @param java version and vendor of the JVM
 * @param machine operating system, architecture and processor
 * @param device where it computed
 * @param precision arithmetic it used, resolved
 * @param threads threads of one operation
 * @param seed of all random numbers
 * @param dataFingerprint SHA-256 of {@code split.csv}: path, class and split of every picture
 * @param weights what it began with: name, SHA-256, origin, normalisation; empty when it began from scratch
 * @param command what was typed, empty when started from Java
 * @param started ISO-8601 time
 */
public record Provenance(
        String sichter,
        Map<String, String> libraries,
        String java,
        String machine,
        String device,
        String precision,
        int threads,
        long seed,
        String dataFingerprint,
        Map<String, String> weights,
        List<String> command,
        String started) {
    private static final JsonMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES) // of a later version
            .build();

    /** Copies the collections. */
    public Provenance {
        libraries = Collections.unmodifiableMap(new TreeMap<>(libraries));
        weights = Collections.unmodifiableMap(new LinkedHashMap<>(weights));
        command = List.copyOf(command);
    }

    /** Version of this library, {@code development} when it does not run from its jar. */
    public static String version() {
        String version = Provenance.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }

    /** The JVM this runs on. */
    public static String javaVersion() {
        return System.getProperty("java.version") + " (" + System.getProperty("java.vendor") + ")";
    }

    /** The machine this runs on. */
    public static String machineName() {
        return System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
                + System.getProperty("os.arch") + ", " + Runtime.getRuntime().availableProcessors() + " processors";
    }

    /** The weights that a run began with, as its record says. */
    public static Map<String, String> weights(RunDirectory run) {
        Map<String, String> weights = new LinkedHashMap<>();
        try {
            JSON.readTree(DurableFiles.read(run.provenance()))
                    .path("weights")
                    .properties()
                    .forEach(entry ->
                            weights.put(entry.getKey(), entry.getValue().asText()));
        } catch (JsonProcessingException e) {
            throw new StorageException(Problem.of("run.state", run.provenance(), e.getOriginalMessage()), e);
        }
        return weights;
    }

    /** As JSON text. */
    public String toJson() {
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(this) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a record of numbers and texts is always JSON", e);
        }
    }

    /**
     * Reads what a run has recorded.
     *
     * @throws StorageException if there is no record, or it is damaged
     */
    public static Provenance read(RunDirectory run) {
        try {
            return JSON.readValue(DurableFiles.read(run.provenance()), Provenance.class);
        } catch (JsonProcessingException e) {
            throw new StorageException(
                    Problem.of("run.provenance", run.provenance(), String.valueOf(e.getOriginalMessage())), e);
        }
    }
}
