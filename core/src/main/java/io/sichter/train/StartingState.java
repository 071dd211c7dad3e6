package io.sichter.train;

import io.sichter.config.RunConfig;
import io.sichter.config.TrainConfig;
import io.sichter.error.Problem;
import io.sichter.error.SichterException;
import io.sichter.error.UsageException;
import io.sichter.model.Classifier;
import io.sichter.run.CheckpointStore;
import io.sichter.storage.Manifest;
import io.sichter.storage.Safetensors;
import io.sichter.tensor.Scope;
import io.sichter.text.Text;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The weights that a run begins with in place of fresh ones: those of a checkpoint of the same network, all of them. What
 * published weights lack here is on purpose: no layer is left out, and nothing is known of how pictures were normalised.
 */
final class StartingState {
    private StartingState() {}

    /** The path as it is recorded: found from any folder. */
    static String resolved(TrainConfig train) {
        return train.hasStart()
                ? Path.of(train.start()).toAbsolutePath().normalize().toString()
                : train.start();
    }

    /**
     * Overwrites the weights of a network, if the configuration says with what.
     *
     * @return what was done, for people
     * @throws UsageException if there are no such weights, or they are of another network
     */
    static Optional<Text> load(RunConfig config, Classifier model) {
        if (!config.train().hasStart()) {
            return Optional.empty();
        }
        Path file = file(Path.of(config.train().start()));
        try (Scope scope = Scope.open()) {
            model.state().load(Weights.toData(Safetensors.read(file)));
        } catch (SichterException e) {
            throw new UsageException(
                    Problem.of(
                            "training.start_other",
                            file,
                            model.architecture(),
                            e.problem().received()),
                    e);
        }
        return Optional.of(Text.of("training.started_from", file));
    }

    private static Path file(Path start) {
        if (Files.isRegularFile(start)) {
            return start;
        }
        if (!Files.isRegularFile(start.resolve(Manifest.NAME))) {
            throw new UsageException(Problem.of("training.start", start));
        }
        Manifest.fault(start).ifPresent(fault -> {
            throw new io.sichter.error.StorageException(Problem.of("training.start_damaged", start, fault));
        });
        return CheckpointStore.weights(start);
    }
}
