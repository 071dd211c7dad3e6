package io.sichter.run;

import io.sichter.storage.DurableFiles;
import io.sichter.text.Text;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Several runs beside each other: what differs in their configurations and data, and how good they became. Where more than
 * one thing differs, none of them can be credited with the difference.
 *
 * @param runs what each says about itself, in the order they were named
 * @param differences settings that are not the same everywhere, by key
 */
public record RunComparison(List<RunSummary> runs, List<Difference> differences) {
    /** Names, places and speed: what changes no bit of the result. */
    private static final Set<String> WITHOUT_EFFECT =
            Set.of("format", "run_name", "runs_dir", "data.path", "loader.workers", "loader.prefetch");

    private static final Set<String> SECTIONS_WITHOUT_EFFECT = Set.of("checkpoint");

    private static final String SEED = "seed";
    private static final String PICTURES = "pictures";
    private static final String NOTHING = "-";

    /** Copies the lists. */
    public RunComparison {
        runs = List.copyOf(runs);
        differences = List.copyOf(differences);
    }

    /**
     * A setting that is not the same everywhere.
     *
     * @param key such as {@code optimizer.lr}; {@code pictures} for the data itself
     * @param values of each run, in order; {@code -} where a run does not have it
     */
    public record Difference(String key, List<String> values) {
        /** Copies the list. */
        public Difference {
            values = List.copyOf(values);
        }
    }

    /** Reads the small files of the runs. */
    public static RunComparison of(List<RunDirectory> runs) {
        List<RunSummary> summaries = runs.stream().map(RunSummary::of).toList();
        List<Map<String, String>> settings = new ArrayList<>();
        for (int i = 0; i < runs.size(); i++) {
            Map<String, String> flat = new TreeMap<>();
            flatten("", read(runs.get(i).config()), flat);
            flat.put(PICTURES, summaries.get(i).fingerprint());
            settings.add(flat);
        }
        Set<String> keys = new LinkedHashSet<>();
        settings.forEach(flat -> keys.addAll(flat.keySet()));
        List<Difference> differences = new ArrayList<>();
        for (String key : keys) {
            List<String> values = settings.stream()
                    .map(flat -> flat.getOrDefault(key, NOTHING))
                    .toList();
            if (hasEffect(key) && values.stream().distinct().count() > 1) {
                differences.add(new Difference(key, values));
            }
        }
        return new RunComparison(summaries, differences);
    }

    private static boolean hasEffect(String key) {
        int dot = key.indexOf('.');
        return !WITHOUT_EFFECT.contains(key) && (dot < 0 || !SECTIONS_WITHOUT_EFFECT.contains(key.substring(0, dot)));
    }

    /** Settings that differ and may be the reason for a better result: all but the seed. */
    public List<String> causes() {
        return differences.stream()
                .map(Difference::key)
                .filter(key -> !key.equals(SEED))
                .toList();
    }

    /** What to think of it. */
    public Optional<Text> advice() {
        List<String> causes = causes();
        boolean seeds = differences.size() > causes.size();
        if (causes.size() > 1) {
            return Optional.of(Text.of("run.comparison.several", causes.size(), String.join(", ", causes)));
        }
        if (causes.isEmpty()) {
            return Optional.of(Text.of(seeds ? "run.comparison.seed" : "run.comparison.same"));
        }
        return seeds ? Optional.of(Text.of("run.comparison.seed_too", causes.get(0))) : Optional.empty();
    }

    /** Names of the metrics that any run has at its best epoch, validation first. */
    public List<String> metrics() {
        Map<String, Boolean> names = new LinkedHashMap<>();
        for (String prefix : List.of("val_", "train_")) {
            for (RunSummary run : runs) {
                run.best().ifPresent(best -> best.values().keySet().stream()
                        .filter(name -> name.startsWith(prefix))
                        .forEach(name -> names.put(name, true)));
            }
        }
        return List.copyOf(names.keySet());
    }

    /** Not bound to records: a run may be of another version of Sichter. */
    private static Object read(Path file) {
        try {
            Object root = new Load(LoadSettings.builder().build()).loadFromString(DurableFiles.read(file));
            return root == null ? Map.of() : root;
        } catch (YamlEngineException e) {
            return Map.of();
        }
    }

    /** Keys of sections get the section's name before them; what is deeper stays the text of a value. */
    private static void flatten(String section, Object value, Map<String, String> into) {
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, inner) -> {
                String path = section + key;
                if (section.isEmpty() && inner instanceof Map<?, ?>) {
                    flatten(path + ".", inner, into);
                } else {
                    into.put(path, String.valueOf(inner));
                }
            });
        }
    }
}
