package io.sichter.train;

import io.sichter.config.ConfigLayer;
import io.sichter.config.ConfigReader;
import io.sichter.config.ConfigRules;
import io.sichter.config.ConfigWriter;
import io.sichter.config.ModelConfig;
import io.sichter.config.Normalization;
import io.sichter.config.RunConfig;
import io.sichter.dataset.DataFolder;
import io.sichter.error.Problem;
import io.sichter.error.RunInterruptedException;
import io.sichter.error.SichterException;
import io.sichter.error.UsageException;
import io.sichter.event.TrainEvent;
import io.sichter.event.TrainListener;
import io.sichter.model.Classifier;
import io.sichter.model.ModelOptions.Stem;
import io.sichter.model.Models;
import io.sichter.run.CheckpointStore;
import io.sichter.run.Epilogue;
import io.sichter.run.EventLog;
import io.sichter.run.RunDirectory;
import io.sichter.storage.DurableFiles;
import io.sichter.storage.RunLock;
import io.sichter.tensor.Device;
import io.sichter.tensor.NativeErrors;
import io.sichter.tensor.Precision;
import io.sichter.tensor.Threads;
import io.sichter.text.Text;
import io.sichter.transform.ChainAdvice;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Starts and resumes runs: from a configuration to a finished run directory. */
public final class Training {
    private Training() {}

    /**
     * Trains a classifier.
     *
     * @param config what to do; {@code data.path} must be set
     * @param stop asks the run to stop
     * @param listeners observe it
     * @return what it came to
     * @throws SichterException if something is wrong; whatever was saved before stays
     */
    public static TrainResult start(RunConfig config, StopSignal stop, List<TrainListener> listeners) {
        return start(config, stop, listeners, Epilogue.none());
    }

    /**
     * Trains a classifier.
     *
     * @param epilogue what is done with the run directory at the end, also when the run was interrupted
     * @return what it came to
     * @throws SichterException if something is wrong; whatever was saved before stays
     */
    public static TrainResult start(
            RunConfig config, StopSignal stop, List<TrainListener> listeners, Epilogue epilogue) {
        Optional<StartingWeights> weights = config.model().hasWeights()
                ? Optional.of(StartingWeights.of(config, fan(listeners)))
                : Optional.empty();
        RunConfig resolved = resolve(weights.map(file -> file.named(config)).orElse(config));
        // Pretrained weights bring the numbers they have learnt with; from scratch there are none.
        Optional<Normalization> ofWeights = weights.flatMap(file -> file.normalization(resolved, fan(listeners)));
        adviseOnStem(config, resolved, fan(listeners));
        ConfigRules.advice(resolved).forEach(text -> fan(listeners).on(new TrainEvent.Advice(text)));
        SessionBuilder builder = new SessionBuilder(resolved);
        ChainAdvice.of(
                        resolved.transforms(),
                        resolved.model().imageSize(),
                        resolved.model().channels())
                .forEach(text -> fan(listeners).on(new TrainEvent.Advice(text)));
        DataFolder folder = DataFolder.open(Path.of(resolved.data().path())).withClasses(resolved.classes());
        ClassTransforms classTransforms = new ClassTransforms(resolved, folder.classes());
        classTransforms.pipelines(resolved.model().imageSize()); // a mistake in them is said at once
        classTransforms.givenAway().ifPresent(text -> fan(listeners).on(new TrainEvent.Advice(text)));
        // The network is made before the pictures are read: a mistake in its options is said at once.
        try (Classifier model = builder.model(folder.classes().size())) {
            weights.ifPresent(
                    file -> fan(listeners).on(new TrainEvent.Advice(file.loadInto(model, resolved, folder.classes()))));
            StartingState.load(resolved, model).ifPresent(text -> fan(listeners).on(new TrainEvent.Advice(text)));
            RunData data = RunData.scan(folder, resolved, builder.decoder(), fan(listeners));
            InputStatistics input =
                    InputStatistics.resolve(resolved, data.train().samples(), ofWeights, fan(listeners));
            new ClassBalancing(resolved, data.train()).tell(fan(listeners));
            RunDirectory run = RunDirectory.create(
                    Path.of(resolved.runsDir()),
                    resolved.runName().equals("auto") ? resolved.model().name() : resolved.runName(),
                    resolved.existOk(),
                    made -> {
                        data.write(made);
                        input.write(made);
                        new ClassBalancing(resolved, data.train()).write(made);
                        RunRecord.write(
                                made,
                                resolved,
                                weights.map(StartingWeights::provenance).orElse(Map.of()));
                        DurableFiles.write(made.config(), ConfigWriter.write(input.config()));
                        made.status(RunDirectory.RUNNING);
                    });
            try (RunLock lock = run.lock()) {
                SessionBuilder normalized = new SessionBuilder(input.config());
                return train(normalized.session(run, data, model), Optional.empty(), stop, listeners, epilogue);
            }
        }
    }

    /**
     * Goes on with a run as if it had never stopped.
     *
     * @param path directory of the run
     * @throws UsageException if it is not a run, or the new length contradicts its schedule
     */
    public static TrainResult resume(Path path, ResumeOptions options, StopSignal stop, List<TrainListener> listeners) {
        return resume(path, options, stop, listeners, Epilogue.none());
    }

    /**
     * Goes on with a run as if it had never stopped.
     *
     * @param path directory of the run
     * @param epilogue what is done with the run directory at the end, also when the run was interrupted again
     * @throws UsageException if it is not a run, or the new length contradicts its schedule
     */
    public static TrainResult resume(
            Path path, ResumeOptions options, StopSignal stop, List<TrainListener> listeners, Epilogue epilogue) {
        RunDirectory run = RunDirectory.open(path);
        try (RunLock lock = run.lock()) {
            CheckpointStore store = new CheckpointStore(run);
            store.clean();
            Optional<CheckpointStore.Loaded> loaded = store.isEmpty() ? Optional.empty() : Optional.of(store.newest());
            RunConfig before = ConfigReader.read(run.config());
            RunConfig config = Replan.apply(before, options, loaded);
            if (!config.equals(before)) {
                DurableFiles.write(run.config(), ConfigWriter.write(config));
            }
            SessionBuilder builder = new SessionBuilder(resolve(config));
            RunData data = RunData.read(run, config);
            try (Classifier model = builder.model(data.classes().size())) {
                if (loaded.isEmpty()) { // it was killed before it could save: it begins again as it began
                    if (config.model().hasWeights()) {
                        StartingWeights.of(config, fan(listeners)).loadInto(model, config, data.classes());
                    }
                    StartingState.load(config, model);
                }
                run.status(RunDirectory.RUNNING);
                return train(builder.session(run, data, model), loaded, stop, listeners, epilogue);
            }
        }
    }

    private static TrainResult train(
            Session session,
            Optional<CheckpointStore.Loaded> loaded,
            StopSignal stop,
            List<TrainListener> listeners,
            Epilogue epilogue) {
        long begin = System.nanoTime();
        RunDirectory run = session.run();
        String status = "failed";
        try (session;
                EventLog log = new EventLog(run)) {
            TrainListener listener =
                    fan(Stream.concat(listeners.stream(), Stream.of(log)).toList());
            try {
                TrainResult result = train(session, loaded, stop, listener);
                status = RunDirectory.FINISHED;
                conclude(run, status, epilogue, listener);
                return result;
            } catch (RunInterruptedException e) {
                Bundles.write(run);
                status = RunDirectory.INTERRUPTED;
                conclude(run, status, epilogue, listener);
                throw e;
            } catch (RuntimeException e) {
                RuntimeException translated = NativeErrors.translate(e);
                status = "failed: " + firstLine(translated);
                throw translated;
            } finally {
                run.status(status);
                listener.on(new TrainEvent.RunEnded(status, (System.nanoTime() - begin) / 1e9));
            }
        }
    }

    private static TrainResult train(
            Session session, Optional<CheckpointStore.Loaded> loaded, StopSignal stop, TrainListener listener) {
        try (Trainer trainer = new Trainer(session, stop, listener)) {
            loaded.ifPresent(checkpoint -> {
                checkpoint
                        .rejected()
                        .forEach(fault ->
                                listener.on(new TrainEvent.Advice(Text.of("train.damaged_checkpoint", fault))));
                trainer.restore(checkpoint);
            });
            TrainResult result = trainer.run();
            Bundles.write(session.run());
            return result;
        }
    }

    /** The run is saved: what comes now can only fail to be added to it. */
    private static void conclude(RunDirectory run, String status, Epilogue epilogue, TrainListener listener) {
        run.status(status);
        try {
            epilogue.after(run).forEach(text -> listener.on(new TrainEvent.Advice(text)));
        } catch (RuntimeException | LinkageError e) {
            listener.on(new TrainEvent.Advice(Text.of("train.epilogue", e.toString())));
        }
    }

    /** Words like auto become what they mean on this machine, so that the record says what was done. */
    static RunConfig resolve(RunConfig config) {
        if (config.data().path().isEmpty()) {
            throw new UsageException(Problem.of("train.no_data"));
        }
        Device device = Device.resolve(config.runtime().device());
        Precision precision =
                Models.precision(config.model().name(), config.runtime().precision(), device);
        Text here = Text.of("train.this_machine");
        int threads = Threads.set(config.runtime().threads());
        return ConfigReader.resolve(
                config,
                List.of(
                        // a run is resumed and evaluated from any folder
                        new ConfigLayer.Setting(
                                here,
                                "data.path",
                                Path.of(config.data().path()).toAbsolutePath().toString()),
                        new ConfigLayer.Setting(
                                here,
                                "data.split",
                                config.data().splitsByFile()
                                        ? Path.of(config.data().split())
                                                .toAbsolutePath()
                                                .toString()
                                        : config.data().split()),
                        new ConfigLayer.Setting(here, "model.stem", stem(config.model())),
                        new ConfigLayer.Setting(here, "model.weights", weights(config.model())),
                        new ConfigLayer.Setting(here, "train.start", StartingState.resolved(config.train())),
                        new ConfigLayer.Setting(here, "runtime.device", device.toString()),
                        new ConfigLayer.Setting(here, "runtime.precision", precision.toString()),
                        new ConfigLayer.Setting(here, "runtime.threads", Integer.toString(threads))));
    }

    /** The first layers; those for small pictures are never published. */
    private static String stem(ModelConfig model) {
        if (model.stem().equals("auto")) {
            boolean small = !model.hasWeights() && Models.stem(model.name(), model.imageSize()) == Stem.SMALL;
            return small ? "small" : "imagenet";
        }
        if (model.stem().equals("small") && model.hasWeights()) {
            throw new UsageException(Problem.of("model.small_stem_weights", model.weights()));
        }
        return model.stem();
    }

    private static String weights(ModelConfig model) {
        return model.hasWeights() ? Path.of(model.weights()).toAbsolutePath().toString() : model.weights();
    }

    private static void adviseOnStem(RunConfig config, RunConfig resolved, TrainListener listener) {
        ModelConfig model = resolved.model();
        if (config.model().stem().equals("auto") && model.stem().equals("small")) {
            listener.on(new TrainEvent.Advice(Text.of("model.small_stem", model.imageSize(), model.name())));
        }
    }

    private static TrainListener fan(List<TrainListener> listeners) {
        return event -> listeners.forEach(listener -> listener.on(event));
    }

    private static String firstLine(RuntimeException e) {
        return e instanceof SichterException known ? known.problem().problem().toString() : e.toString();
    }
}
