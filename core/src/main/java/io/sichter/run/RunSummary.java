package io.sichter.run;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.sichter.config.RunConfig;
import io.sichter.error.StorageException;
import io.sichter.storage.DurableFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * What a run directory says about its run, from its small files alone. Whatever is missing or damaged in it reads as
 * unknown: a list of runs must not end at the first bad one.
 *
 * @param path the run directory
 * @param status {@link RunDirectory#status()}, or {@link #KILLED}
 * @param model registered name of the network, {@code ?} if unknown
 * @param data folder of the pictures, {@code ?} if unknown
 * @param fingerprint of the pictures and their split; empty if unknown
 * @param epochsDone finished epochs
 * @param epochsPlanned epochs of the configuration; 0 if unknown
 * @param monitor the metric that decides which epoch is best
 * @param best the best epoch, if one is done
 * @param started when the run was started first; the epoch of Java if unknown
 * @param seconds time in training and validation
 * @param note what a person wrote about it, or nothing
 */
public record RunSummary(
        Path path,
        String status,
        String model,
        String data,
        String fingerprint,
        int epochsDone,
        int epochsPlanned,
        String monitor,
        Optional<EpochMetrics> best,
        Instant started,
        double seconds,
        String note) {
    /** Status of a run whose process ended without being asked to. */
    public static final String KILLED = "killed";

    private static final String UNKNOWN = "?";

    /** Reads it. */
    public static RunSummary of(RunDirectory run) {
        Map<?, ?> config = config(run.config());
        Map<String, String> provenance = provenance(run.provenance());
        Monitor monitor = new Monitor(
                text(config, "train", "monitor", RunConfig.defaults().train().monitor()));
        List<EpochMetrics> epochs = lenient(() -> MetricsFile.read(run.metrics()), List.of());
        return new RunSummary(
                run.path(),
                status(run),
                text(config, "model", "name", UNKNOWN),
                text(config, "data", "path", UNKNOWN),
                provenance.getOrDefault("data_fingerprint", ""),
                epochs.size(),
                plannedEpochs(config),
                monitor.metric(),
                best(monitor, epochs),
                instant(provenance.getOrDefault("started", "")),
                lenient(() -> seconds(run.timings()), Double.NaN),
                lenient(run::note, ""));
    }

    /** Name of the run's folder. */
    public String name() {
        return String.valueOf(path.toAbsolutePath().normalize().getFileName());
    }

    /** Whether the run did all its epochs. */
    public boolean finished() {
        return status.equals(RunDirectory.FINISHED);
    }

    /** A metric at the run's best epoch, which its bundle has too; NaN if there is none. */
    public double value(String metric) {
        return best.map(epoch -> epoch.values().getOrDefault(metric, Double.NaN))
                .orElse(Double.NaN);
    }

    private static String status(RunDirectory run) {
        String status = lenient(run::status, UNKNOWN);
        return status.equals(RunDirectory.RUNNING) && !run.inUse() ? KILLED : status;
    }

    private static Optional<EpochMetrics> best(Monitor monitor, List<EpochMetrics> epochs) {
        boolean known = epochs.stream()
                .allMatch(e ->
                        e.values().containsKey(monitor.metric()) && e.values().containsKey("val_loss"));
        return known ? monitor.best(epochs) : Optional.empty();
    }

    private static double seconds(Path timings) {
        return MetricsFile.read(timings).stream()
                .mapToDouble(e -> e.values().getOrDefault("train_seconds", 0.0)
                        + e.values().getOrDefault("validation_seconds", 0.0))
                .sum();
    }

    /** Not bound to records: the run may be of another version of Sichter. */
    private static Map<?, ?> config(Path file) {
        try {
            Object root = new Load(LoadSettings.builder().build()).loadFromString(DurableFiles.read(file));
            return root instanceof Map<?, ?> map ? map : Map.of();
        } catch (YamlEngineException | StorageException e) {
            return Map.of();
        }
    }

    private static String text(Map<?, ?> config, String section, String key, String otherwise) {
        Object value = config.get(section) instanceof Map<?, ?> map ? map.get(key) : null;
        return value == null ? otherwise : value.toString();
    }

    /** As {@link RunConfig#epochs} has it, as far as the file says so. */
    private static int plannedEpochs(Map<?, ?> config) {
        int epochs = number(text(config, "train", "epochs", "0"));
        boolean fineTunes = Boolean.parseBoolean(text(config, "transfer", "fine_tune", "false"));
        return fineTunes && epochs > 0 ? epochs + number(text(config, "transfer", "head_epochs", "0")) : epochs;
    }

    private static int number(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    /** The plain texts of the file. Parsed without binding, which takes ten times as long to warm up. */
    private static Map<String, String> provenance(Path file) {
        Map<String, String> texts = new HashMap<>();
        if (!Files.isRegularFile(file)) {
            return texts;
        }
        try (JsonParser parser = new JsonFactory().createParser(file.toFile())) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token == JsonToken.VALUE_STRING && parser.currentName() != null) {
                    texts.putIfAbsent(parser.currentName(), parser.getText());
                }
            }
        } catch (IOException e) {
            return texts; // what was read before the damage is as good as ever
        }
        return texts;
    }

    private static Instant instant(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            return Instant.EPOCH;
        }
    }

    private static <T> T lenient(java.util.function.Supplier<T> read, T otherwise) {
        try {
            return read.get();
        } catch (StorageException e) {
            return otherwise;
        }
    }
}
