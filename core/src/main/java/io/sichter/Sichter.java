package io.sichter;

import io.sichter.config.ConfigLayer;
import io.sichter.config.ConfigReader;
import io.sichter.config.Recipes;
import io.sichter.config.RunConfig;
import io.sichter.evaluate.Evaluation;
import io.sichter.evaluate.EvaluationListener;
import io.sichter.evaluate.EvaluationResult;
import io.sichter.evaluate.Inspector;
import io.sichter.evaluate.Predictor;
import io.sichter.event.TrainListener;
import io.sichter.report.Plots;
import io.sichter.report.PreviewDrawing;
import io.sichter.train.AugmentationPreview;
import io.sichter.train.Preview;
import io.sichter.train.ResumeOptions;
import io.sichter.train.StopSignal;
import io.sichter.train.TrainResult;
import io.sichter.train.Training;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The face of the library: train on a folder of pictures, judge what came out, use it. */
public final class Sichter {
    private Sichter() {}

    /** Begins to describe a run on a folder of pictures; {@link TrainBuilder#run} starts it. */
    public static TrainBuilder train(Path data) {
        return new TrainBuilder().set("data.path", data);
    }

    /** Goes on with a run that was stopped, as if it had never been. */
    public static TrainResult resume(Path run) {
        return Training.resume(run, ResumeOptions.none(), new StopSignal(), List.of(), new Plots(Locale.ENGLISH));
    }

    /** Judges a run on its own validation pictures. */
    public static EvaluationResult evaluate(Path run) {
        return Evaluation.of(run, Optional.empty(), "auto", EvaluationListener.none());
    }

    /** Judges a run or a bundle on a folder of labelled pictures. */
    public static EvaluationResult evaluate(Path runOrBundle, Path data) {
        return Evaluation.of(runOrBundle, Optional.of(data), "auto", EvaluationListener.none());
    }

    /** Opens a trained classifier, of a run or a bundle; close it after use. */
    public static Predictor predictor(Path runOrBundle) {
        return Predictor.open(runOrBundle);
    }

    /** Looks inside a trained network, of a run or a bundle: filters, gradients, feature maps; close it after use. */
    public static Inspector inspector(Path runOrBundle) {
        return Inspector.ofRun(runOrBundle);
    }

    /** A run in the making: whatever is not said keeps its default; see {@code sichter config} for all keys. */
    public static final class TrainBuilder {
        private final List<ConfigLayer> layers = new ArrayList<>();
        private final List<TrainListener> listeners = new ArrayList<>();
        private StopSignal stop = new StopSignal();

        private TrainBuilder() {}

        /** Sets any key of the configuration, such as {@code optimizer.weight_decay}. */
        public TrainBuilder set(String key, Object value) {
            layers.add(new ConfigLayer.Setting("Java", key, value.toString()));
            return this;
        }

        /** Reads a configuration file; what is set afterwards overrides it. */
        public TrainBuilder config(Path file) {
            layers.add(ConfigLayer.file(file));
            return this;
        }

        /** Takes a recipe for the defaults, such as {@code standard}; what is set afterwards overrides it. */
        public TrainBuilder recipe(String name) {
            layers.add(Recipes.layer(name));
            return this;
        }

        /** Architecture, such as {@code resnet18}. */
        public TrainBuilder model(String name) {
            return set("model.name", name);
        }

        /** Height and width the network gets, pixels. */
        public TrainBuilder imageSize(int pixels) {
            return set("model.image_size", pixels);
        }

        /** Passes over the training pictures. */
        public TrainBuilder epochs(int epochs) {
            return set("train.epochs", epochs);
        }

        /** Pictures per step. */
        public TrainBuilder batchSize(int pictures) {
            return set("loader.batch_size", pictures);
        }

        /** Optimizer and its learning rate. */
        public TrainBuilder optimizer(String name, double lr) {
            return set("optimizer.name", name).set("optimizer.lr", lr);
        }

        /** Seed of all random numbers. */
        public TrainBuilder seed(long seed) {
            return set("seed", seed);
        }

        /** Folder in which the run directory is made. */
        public TrainBuilder runsDir(Path folder) {
            return set("runs_dir", folder);
        }

        /** Somebody to be told what happens. */
        public TrainBuilder listener(TrainListener listener) {
            listeners.add(listener);
            return this;
        }

        /** What asks the run to stop, from any thread. */
        public TrainBuilder stopSignal(StopSignal signal) {
            stop = signal;
            return this;
        }

        /** The configuration as it stands, with every default. */
        public RunConfig resolve() {
            return ConfigReader.resolve(RunConfig.defaults(), layers);
        }

        /**
         * Draws what this run's augmentation would make of some of its pictures, as PNG and SVG, and trains nothing; see
         * {@link AugmentationPreview} for more.
         *
         * @param out name of the file
         * @return both files
         */
        public List<Path> preview(Path out) {
            Preview preview = AugmentationPreview.of(resolve(), new AugmentationPreview.Amount(6, 5), told());
            return new PreviewDrawing(Locale.ENGLISH).write(out, preview);
        }

        private TrainListener told() {
            return event -> listeners.forEach(listener -> listener.on(event));
        }

        /** Trains; returns when all epochs are done. */
        public TrainResult run() {
            return Training.start(resolve(), stop, listeners, new Plots(Locale.ENGLISH));
        }
    }
}
