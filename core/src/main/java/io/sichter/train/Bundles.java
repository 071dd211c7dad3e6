package io.sichter.train;

import io.sichter.config.ConfigReader;
import io.sichter.config.LayerSpec;
import io.sichter.config.ModelConfig;
import io.sichter.config.RunConfig;
import io.sichter.error.Problem;
import io.sichter.error.StorageException;
import io.sichter.run.CheckpointStore;
import io.sichter.run.EpochMetrics;
import io.sichter.run.ModelBundle;
import io.sichter.run.Preprocessing;
import io.sichter.run.RunDirectory;
import io.sichter.run.TrainState;
import io.sichter.storage.Digests;
import io.sichter.storage.DurableFiles;
import io.sichter.storage.Manifest;
import io.sichter.text.Text;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** From the best checkpoint of a run to a bundle. */
public final class Bundles {
    private Bundles() {}

    /**
     * The best classifier of a run so far: its bundle where it is finished, its best checkpoint while it is not.
     *
     * @throws StorageException if no epoch is done yet, or the best checkpoint is damaged
     */
    public static ModelBundle ofRun(RunDirectory run) {
        return ModelBundle.isBundle(run.bundle()) ? ModelBundle.read(run.bundle()) : ofBestCheckpoint(run);
    }

    /** Writes the bundle of a run from its best checkpoint; does nothing before the first epoch is done. */
    static void write(RunDirectory run) {
        if (new CheckpointStore(run).best().isPresent()) {
            ofBestCheckpoint(run).write(run.bundle());
        }
    }

    private static ModelBundle ofBestCheckpoint(RunDirectory run) {
        Path checkpoint = new CheckpointStore(run)
                .best()
                .orElseThrow(() -> new StorageException(Problem.of("train.no_classifier", run.path(), run.status())));
        Optional<Text> fault = Manifest.fault(checkpoint);
        if (fault.isPresent()) {
            throw new StorageException(Problem.of("train.damaged_best", run.path(), fault.get()));
        }
        RunConfig config = ConfigReader.read(run.config());
        Path state = checkpoint.resolve("state.json");
        TrainState trained = TrainState.fromJson(DurableFiles.read(state), state.toString());
        Path weights = CheckpointStore.weights(checkpoint);
        return new ModelBundle(
                config.model().name(),
                options(config.model()),
                DurableFiles.read(run.classes()).lines().toList(),
                config.classes(),
                Preprocessing.of(config),
                metrics(trained),
                provenance(run, config),
                weights,
                sha256(weights));
    }

    private static Map<String, String> options(ModelConfig model) {
        Map<String, String> options = new LinkedHashMap<>();
        options.put("stem", model.stem());
        options.put("norm", model.norm());
        options.put("head", model.head());
        if (!model.layers().isEmpty()) {
            options.put("layers", LayerSpec.write(model.layers()));
        }
        return options;
    }

    private static Map<String, Double> metrics(TrainState state) {
        EpochMetrics epoch = state.history().metrics().get(state.best().epoch() - 1);
        Map<String, Double> metrics = new LinkedHashMap<>();
        metrics.put("epoch", (double) epoch.epoch());
        metrics.putAll(epoch.values());
        return metrics;
    }

    private static Map<String, String> provenance(RunDirectory run, RunConfig config) {
        Map<String, String> provenance = new LinkedHashMap<>();
        provenance.put("run", run.path().getFileName().toString());
        provenance.put("seed", Long.toString(config.seed()));
        provenance.put("precision", config.runtime().precision());
        provenance.put("normalize", InputStatistics.source(run));
        Map<String, String> weights = io.sichter.run.Provenance.weights(run);
        weights.forEach((key, value) -> provenance.put("weights_" + key, value));
        provenance.put("sichter", io.sichter.run.Provenance.version());
        return provenance;
    }

    private static String sha256(Path file) {
        try {
            return Digests.sha256(file);
        } catch (IOException e) {
            throw DurableFiles.failure("read", file, e);
        }
    }
}
