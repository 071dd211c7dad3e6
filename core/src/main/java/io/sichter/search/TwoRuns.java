package io.sichter.search;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.sichter.run.Provenance;
import io.sichter.run.RunDirectory;
import io.sichter.search.ReproductionResult.Condition;
import io.sichter.search.ReproductionResult.Difference;
import io.sichter.search.ReproductionResult.Kind;
import io.sichter.search.ReproductionResult.WeightFile;
import io.sichter.storage.Digests;
import io.sichter.storage.DurableFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds what differs between a run and its repetition, the first cause first: data, figures, weights. */
final class TwoRuns {
    private static final int SHOWN = 3;
    private static final JsonMapper JSON = new JsonMapper();

    private final RunDirectory run;
    private final RunDirectory repetition;

    TwoRuns(RunDirectory run, RunDirectory repetition) {
        this.run = run;
        this.repetition = repetition;
    }

    Optional<Difference> firstDifference(int epochs) {
        return data().or(() -> metrics(epochs)).or(this::weightsDifference);
    }

    /** The pictures, their classes and what they are used for. */
    Optional<Difference> data() {
        for (String file : List.of("classes.txt", "split.csv")) {
            Set<String> recorded = lines(run.path().resolve(file));
            Set<String> now = lines(repetition.path().resolve(file));
            if (!List.copyOf(recorded).equals(List.copyOf(now))) {
                return Optional.of(new Difference(Kind.DATA, 0, file, only(recorded, now), only(now, recorded)));
            }
        }
        return Optional.empty();
    }

    private static Set<String> lines(Path file) {
        return DurableFiles.read(file).lines().collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static String only(Set<String> lines, Set<String> others) {
        List<String> own = lines.stream().filter(line -> !others.contains(line)).toList();
        String shown = own.stream().limit(SHOWN).collect(Collectors.joining("; "));
        return own.size() + (own.isEmpty() ? "" : ": " + shown + (own.size() > SHOWN ? " ..." : ""));
    }

    /** The figures as they stand in the files: whoever compares text compares every digit that was written. */
    private Optional<Difference> metrics(int epochs) {
        List<String> recorded = DurableFiles.read(run.metrics()).lines().toList();
        List<String> repeated = DurableFiles.read(repetition.metrics()).lines().toList();
        String[] names = recorded.get(0).split(",", -1);
        for (int epoch = 1; epoch <= epochs; epoch++) {
            String[] one = recorded.get(epoch).split(",", -1);
            String[] other = epoch < repeated.size() ? repeated.get(epoch).split(",", -1) : new String[0];
            for (int i = 0; i < one.length; i++) {
                String value = i < other.length ? other[i] : "-";
                if (!one[i].equals(value)) {
                    return Optional.of(
                            new Difference(Kind.METRICS, epoch, i < names.length ? names[i] : "?", one[i], value));
                }
            }
        }
        return Optional.empty();
    }

    private Optional<Difference> weightsDifference() {
        return weights().stream()
                .filter(file -> !file.equal())
                .findFirst()
                .map(file -> new Difference(Kind.WEIGHTS, 0, file.name(), file.recorded(), file.repeated()));
    }

    /** Tensors of the checkpoints that both have: network, optimizer, mean over time; in the order of the steps. */
    List<WeightFile> weights() {
        List<WeightFile> files = new ArrayList<>();
        tensors(run.checkpoints()).forEach((name, file) -> {
            Path other = repetition.checkpoints().resolve(name);
            if (Files.isRegularFile(other)) {
                files.add(new WeightFile("checkpoints/" + name, sha256(file), sha256(other)));
            }
        });
        return files;
    }

    private static Map<String, Path> tensors(Path checkpoints) {
        if (!Files.isDirectory(checkpoints)) {
            return Map.of();
        }
        try (Stream<Path> walk = Files.walk(checkpoints, 2)) {
            Map<String, Path> files = new TreeMap<>();
            walk.filter(file -> file.toString().endsWith(".safetensors"))
                    .filter(file -> !file.toString().contains(DurableFiles.TEMPORARY_PREFIX))
                    .forEach(file ->
                            files.put(checkpoints.relativize(file).toString().replace('\\', '/'), file));
            return files;
        } catch (IOException e) {
            throw DurableFiles.failure("list", checkpoints, e);
        }
    }

    private static String sha256(Path file) {
        try {
            return Digests.sha256(file);
        } catch (IOException e) {
            throw DurableFiles.failure("read", file, e);
        }
    }

    /** Versions, machine, threads: what may explain a difference. */
    List<Condition> conditions() {
        Provenance one = Provenance.read(run);
        Provenance other = Provenance.read(repetition);
        List<Condition> conditions = new ArrayList<>();
        conditions.add(new Condition("data_fingerprint", one.dataFingerprint(), other.dataFingerprint()));
        conditions.add(new Condition("seed", Long.toString(one.seed()), Long.toString(other.seed())));
        conditions.add(new Condition("sichter", one.sichter(), other.sichter()));
        Set<String> libraries = new LinkedHashSet<>(one.libraries().keySet());
        libraries.addAll(other.libraries().keySet());
        libraries.forEach(name -> conditions.add(new Condition(
                name, one.libraries().getOrDefault(name, "-"), other.libraries().getOrDefault(name, "-"))));
        conditions.add(new Condition("java", one.java(), other.java()));
        conditions.add(new Condition("machine", one.machine(), other.machine()));
        conditions.add(new Condition("device", one.device(), other.device()));
        conditions.add(new Condition("precision", one.precision(), other.precision()));
        conditions.add(new Condition("threads", Integer.toString(one.threads()), Integer.toString(other.threads())));
        conditions.add(new Condition("epochs_planned", plans(run), plans(repetition)));
        return conditions;
    }

    /** The lengths that were planned, one after the other: a schedule that was planned again is not in run.yaml. */
    private static String plans(RunDirectory run) {
        Set<String> plans = new LinkedHashSet<>();
        try (Stream<String> lines = Files.lines(run.events())) {
            lines.filter(line -> line.contains("\"run_started\"")).forEach(line -> plans.add(epochs(line)));
        } catch (IOException e) {
            return "-"; // what happened in a run is not needed to repeat it
        }
        return String.join(", ", plans);
    }

    private static String epochs(String line) {
        try {
            JsonNode event = JSON.readTree(line);
            return event.path("epochs").asText("-");
        } catch (JsonProcessingException e) {
            return "-"; // the last line of a killed process may be torn
        }
    }
}
