package io.sichter.train;

import io.sichter.config.Normalization;
import io.sichter.config.RunConfig;
import io.sichter.dataset.DataFolder;
import io.sichter.event.TrainEvent;
import io.sichter.event.TrainListener;
import io.sichter.model.Classifier;
import io.sichter.run.RunDirectory;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;

/** A session like that of a run, with its data and a network of its own, for what trains a little and leaves no run. */
final class Rehearsal {
    private Rehearsal() {}

    /**
     * Builds the session, lends it and closes it.
     *
     * @param run what the session takes for its directory; whoever writes to it cleans up
     */
    static <T> T of(RunConfig config, RunDirectory run, TrainListener listener, Function<Session, T> work) {
        Optional<StartingWeights> weights =
                config.model().hasWeights() ? Optional.of(StartingWeights.of(config, listener)) : Optional.empty();
        RunConfig resolved =
                Training.resolve(weights.map(file -> file.named(config)).orElse(config));
        Optional<Normalization> ofWeights = weights.flatMap(file -> file.normalization(resolved, listener));
        SessionBuilder builder = new SessionBuilder(resolved);
        DataFolder folder = DataFolder.open(Path.of(resolved.data().path())).withClasses(resolved.classes());
        try (Classifier model = builder.model(folder.classes().size())) {
            weights.ifPresent(
                    file -> listener.on(new TrainEvent.Advice(file.loadInto(model, resolved, folder.classes()))));
            StartingState.load(resolved, model);
            RunData data = RunData.scan(folder, resolved, builder.decoder(), listener);
            InputStatistics input =
                    InputStatistics.resolve(resolved, data.train().samples(), ofWeights, listener);
            try (Session session = new SessionBuilder(input.config()).session(run, data, model)) {
                return work.apply(session);
            }
        }
    }
}
