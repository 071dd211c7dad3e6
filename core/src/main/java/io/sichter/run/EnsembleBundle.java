package io.sichter.run;

import io.sichter.error.Problem;
import io.sichter.error.StorageException;
import io.sichter.error.UsageException;
import io.sichter.storage.DurableFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Several classifiers that are asked together, ready to ship: one folder with {@code ensemble.yaml} and a bundle for each
 * member. What it says is the mean of the members' probabilities; their weights are never mixed.
 *
 * @param members classifiers of the same classes and the same size of picture, each with a normalisation of its own
 * @param metrics what is known of it, by name
 */
public record EnsembleBundle(List<ModelBundle> members, Map<String, Double> metrics) {
    private static final String YAML = "ensemble.yaml";

    /**
     * Copies the collections and checks that the members fit together.
     *
     * @throws UsageException if there are none, or their classes or sizes of pictures differ
     */
    public EnsembleBundle {
        members = List.copyOf(members);
        metrics = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
        if (members.isEmpty()
                || members.stream().map(EnsembleBundle::kind).distinct().count() > 1) {
            throw new UsageException(Problem.of("run.ensemble_members", members.size()));
        }
    }

    /** What members must have in common: everything but the weights and the numbers of the normalisation. */
    private static List<Object> kind(ModelBundle member) {
        Preprocessing preprocessing = member.preprocessing();
        return List.of(
                member.classes(),
                member.renaming(),
                preprocessing.imageSize(),
                preprocessing.channels(),
                preprocessing.transforms());
    }

    /** Whether a folder holds an ensemble. */
    public static boolean isEnsemble(Path folder) {
        return Files.isRegularFile(folder.resolve(YAML));
    }

    /** Writes the members, then the description, so that a folder without one is no ensemble. */
    public void write(Path folder) {
        DurableFiles.makeFolder(folder);
        DurableFiles.deleteTree(folder.resolve(YAML));
        List<Map<String, String>> written = new ArrayList<>();
        for (int i = 0; i < members.size(); i++) {
            String name = "member-" + (i + 1);
            members.get(i).write(folder.resolve(name));
            Map<String, String> member = new LinkedHashMap<>();
            member.put("folder", name);
            member.put("sha256", members.get(i).sha256());
            written.add(member);
        }
        Map<String, Object> root = new LinkedHashMap<>();
        root.put("format", 1);
        root.put("mean_of", "probabilities");
        root.put("members", written);
        root.put("metrics", metrics);
        DumpSettings settings = DumpSettings.builder()
                .setDefaultFlowStyle(FlowStyle.AUTO)
                .setWidth(100)
                .build();
        DurableFiles.write(folder.resolve(YAML), new Dump(settings).dumpToString(root));
    }

    /**
     * Reads the descriptions; the weights are read by each member.
     *
     * @throws StorageException if the description is damaged, or a member is not the one that it names
     */
    public static EnsembleBundle read(Path folder) {
        Path file = folder.resolve(YAML);
        try {
            Object document = new Load(
                            LoadSettings.builder().setLabel(file.toString()).build())
                    .loadFromString(DurableFiles.read(file));
            if (!(document instanceof Map<?, ?> root)
                    || !Integer.valueOf(1).equals(root.get("format"))
                    || !"probabilities".equals(root.get("mean_of"))
                    || !(root.get("members") instanceof List<?> list)) {
                throw damaged(file, "format", null);
            }
            List<ModelBundle> members = new ArrayList<>();
            for (Object entry : list) {
                members.add(member(folder, file, entry));
            }
            return new EnsembleBundle(members, metrics(root.get("metrics")));
        } catch (YamlEngineException e) {
            throw damaged(file, String.valueOf(e.getMessage()), e);
        }
    }

    private static ModelBundle member(Path folder, Path file, Object entry) {
        if (!(entry instanceof Map<?, ?> map)
                || !(map.get("folder") instanceof String name)
                || !name.matches("[A-Za-z0-9_-]+")) {
            throw damaged(file, "members", null);
        }
        ModelBundle member = ModelBundle.read(folder.resolve(name));
        if (!member.sha256().equals(map.get("sha256"))) {
            throw damaged(file, name, null);
        }
        return member;
    }

    private static Map<String, Double> metrics(@org.jspecify.annotations.Nullable Object value) {
        Map<String, Double> metrics = new HashMap<>();
        if (value instanceof Map<?, ?> map) {
            map.forEach((name, number) -> {
                if (number instanceof Number n) {
                    metrics.put(String.valueOf(name), n.doubleValue());
                }
            });
        }
        return metrics;
    }

    private static StorageException damaged(
            Path file, String what, @org.jspecify.annotations.Nullable Exception cause) {
        Problem problem = Problem.of("run.ensemble", file, what);
        return cause == null ? new StorageException(problem) : new StorageException(problem, cause);
    }
}
