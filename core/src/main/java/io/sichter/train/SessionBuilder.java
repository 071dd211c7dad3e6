package io.sichter.train;

import io.sichter.config.RunConfig;
import io.sichter.dataset.Dataset;
import io.sichter.image.DecodeLimits;
import io.sichter.image.ImageDecoder;
import io.sichter.image.OpenCvDecoder;
import io.sichter.loader.DataLoader;
import io.sichter.loader.RandomSampler;
import io.sichter.loader.Sampler;
import io.sichter.loader.SequentialSampler;
import io.sichter.loss.Losses;
import io.sichter.model.Classifier;
import io.sichter.model.ModelOptions;
import io.sichter.model.Models;
import io.sichter.optim.Optimizers;
import io.sichter.random.SeedStream;
import io.sichter.run.Preprocessing;
import io.sichter.run.RunDirectory;
import io.sichter.schedule.Schedules;
import io.sichter.tensor.Device;
import io.sichter.tensor.Generators;
import io.sichter.tensor.Precision;
import io.sichter.transform.Pipeline;

/** Builds the session of a run from its configuration and data. */
final class SessionBuilder {
    private final RunConfig config;
    private final SeedStream seed;
    private final Pipeline trainPipeline;
    private final Pipeline evalPipeline;
    private final ImageDecoder decoder;

    SessionBuilder(RunConfig config) {
        this.config = config;
        this.seed = SeedStream.of(config.seed());
        int size = config.model().imageSize();
        int channels = config.model().channels();
        this.trainPipeline = Pipeline.of(config.transforms().train(), size, channels);
        this.evalPipeline = Pipeline.of(config.transforms().eval(), size, channels);
        this.decoder = new OpenCvDecoder(DecodeLimits.ofPixels(config.data().maxPixels()));
    }

    ImageDecoder decoder() {
        return decoder;
    }

    /** A network with fresh weights from the run's seed, on its device. */
    Classifier model(int classes) {
        Generators.seed(seed.derive("init").key());
        ModelOptions options = ModelOptions.of(config.model(), classes);
        Classifier model = Models.create(config.model().name(), options);
        model.moveTo(device());
        return model;
    }

    /** Everything around the network. The session does not own the network. */
    Session session(RunDirectory run, RunData data, Classifier model) {
        Precision precision =
                Models.precision(config.model().name(), config.runtime().precision(), device());
        DataLoader train = loader(data.train(), trainPipeline, new RandomSampler(seed.derive("order")));
        long totalSteps = (long) train.batches() * config.train().epochs();
        return new Session(
                config,
                run,
                data.classes(),
                Engine.of(device(), precision, Preprocessing.of(config)),
                model,
                Optimizers.create(model.state().parameters(), config.optimizer()),
                Losses.create(config.train().loss()),
                Schedules.create(config.schedule(), config.optimizer().lr(), totalSteps),
                train,
                loader(data.validation(), evalPipeline, new SequentialSampler()));
    }

    private Device device() {
        return Device.resolve(config.runtime().device());
    }

    private DataLoader loader(Dataset dataset, Pipeline pipeline, Sampler sampler) {
        return DataLoader.builder(dataset, decoder, pipeline)
                .sampler(sampler)
                .augmentSeed(seed.derive("augment"))
                .batchSize(config.loader().batchSize())
                .workers(config.loader().workers())
                .prefetch(config.loader().prefetch())
                .build();
    }
}
