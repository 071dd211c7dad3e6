package io.sichter.run;

import io.sichter.config.ClassesConfig;
import io.sichter.error.Problem;
import io.sichter.error.StorageException;
import io.sichter.error.UsageException;
import io.sichter.storage.Digests;
import io.sichter.storage.DurableFiles;
import io.sichter.storage.Safetensors;
import io.sichter.storage.TensorBytes;
import io.sichter.text.Text;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * A classifier ready to ship: one folder with {@code model.safetensors} and {@code model.yaml}. It needs nothing of the
 * run it came from and works wherever it is moved.
 *
 * @param architecture registered name of the network
 * @param options what was said about the network besides its sizes: {@code stem}, {@code norm} and, for one of one's
 *     own, {@code layers}, as the configuration has them
 * @param classes names in the order of the outputs
 * @param renaming how they come from the names that data has; empty where they are the same
 * @param preprocessing how a picture becomes the network's input
 * @param metrics of the epoch the weights come from, by name, and the epoch itself
 * @param provenance where the weights come from, as texts
 * @param weights path of the weights
 * @param sha256 checksum of the weights
 */
public record ModelBundle(
        String architecture,
        Map<String, String> options,
        List<String> classes,
        ClassesConfig renaming,
        Preprocessing preprocessing,
        Map<String, Double> metrics,
        Map<String, String> provenance,
        Path weights,
        String sha256) {
    private static final String MODEL_YAML = "model.yaml";
    static final String WEIGHTS = "model.safetensors";

    /** Copies the collections. */
    public ModelBundle {
        options = Collections.unmodifiableMap(new TreeMap<>(options));
        classes = List.copyOf(classes);
        metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
        provenance = Collections.unmodifiableMap(new LinkedHashMap<>(provenance));
    }

    /** Whether a folder holds a bundle: a classifier, or several that are asked together ({@link EnsembleBundle}). */
    public static boolean isBundle(Path folder) {
        return EnsembleBundle.isEnsemble(folder) || Files.isRegularFile(folder.resolve(MODEL_YAML));
    }

    /**
     * Writes the bundle: the weights are linked where the file system can, else copied. Its description is written last,
     * so that a folder without one is no bundle.
     */
    public void write(Path folder) {
        DurableFiles.makeFolder(folder);
        Path target = folder.resolve(WEIGHTS);
        Path temporary = folder.resolve(DurableFiles.TEMPORARY_PREFIX + WEIGHTS);
        try {
            Files.deleteIfExists(folder.resolve(MODEL_YAML));
            Files.deleteIfExists(temporary);
            linkOrCopy(weights, temporary);
        } catch (IOException e) {
            throw DurableFiles.failure("write", target, e);
        }
        DurableFiles.commit(temporary, target);
        DumpSettings settings = DumpSettings.builder()
                .setDefaultFlowStyle(FlowStyle.AUTO)
                .setWidth(100)
                .build();
        DurableFiles.write(folder.resolve(MODEL_YAML), new Dump(settings).dumpToString(ModelYaml.toMap(this)));
    }

    /**
     * Reads a bundle's description; the weights are read by {@link #readWeights}.
     *
     * @throws UsageException if the folder holds no bundle
     */
    public static ModelBundle read(Path folder) {
        Path file = folder.resolve(MODEL_YAML);
        if (!Files.isRegularFile(file)) {
            String received = Files.exists(folder) ? "run.lacks" : "run.absent";
            throw new UsageException(
                    Problem.of("run.no_bundle", Text.of(received, folder, MODEL_YAML), MODEL_YAML, WEIGHTS));
        }
        try {
            Object root = new Load(
                            LoadSettings.builder().setLabel(file.toString()).build())
                    .loadFromString(DurableFiles.read(file));
            return ModelYaml.fromMap(root, folder.resolve(WEIGHTS));
        } catch (YamlEngineException e) {
            throw damaged(file, Text.verbatim(String.valueOf(e.getMessage())), e);
        } catch (IllegalArgumentException e) {
            throw damaged(file, Text.of("run.bundle.key", String.valueOf(e.getMessage())), e);
        }
    }

    private static StorageException damaged(Path file, Text what, RuntimeException cause) {
        return new StorageException(Problem.of("run.bundle", file, what), cause);
    }

    /**
     * Reads the weights and checks that they are the ones described.
     *
     * @throws StorageException if they are damaged or others
     */
    public List<TensorBytes> readWeights() {
        try {
            String found = Digests.sha256(weights);
            if (!found.equals(sha256)) {
                throw new StorageException(Problem.of("run.other_weights", weights, found, sha256));
            }
        } catch (IOException e) {
            throw DurableFiles.failure("read", weights, e);
        }
        return Safetensors.read(weights);
    }

    private static void linkOrCopy(Path source, Path target) throws IOException {
        try {
            Files.createLink(target, source);
        } catch (IOException | UnsupportedOperationException e) {
            Files.copy(source, target, StandardCopyOption.REPLACE_EXISTING); // another disk, or no links there
        }
    }
}
