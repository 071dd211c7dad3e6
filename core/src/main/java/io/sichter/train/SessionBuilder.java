package io.sichter.train;

import io.sichter.config.RunConfig;
import io.sichter.dataset.Dataset;
import io.sichter.error.Problem;
import io.sichter.error.UsageException;
import io.sichter.image.DecodeLimits;
import io.sichter.image.ImageDecoder;
import io.sichter.image.OpenCvDecoder;
import io.sichter.loader.DataLoader;
import io.sichter.model.Blueprint;
import io.sichter.model.Classifier;
import io.sichter.model.ModelInput;
import io.sichter.model.ModelOptions;
import io.sichter.model.Models;
import io.sichter.optim.Optimizers;
import io.sichter.random.SeedStream;
import io.sichter.run.Preprocessing;
import io.sichter.run.RunDirectory;
import io.sichter.tensor.Device;
import io.sichter.tensor.Generators;
import io.sichter.tensor.NoGrad;
import io.sichter.tensor.Precision;
import io.sichter.tensor.Scope;
import io.sichter.transform.Pipeline;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Builds the session of a run from its configuration and data. */
final class SessionBuilder {
    private final RunConfig config;
    private final SeedStream seed;
    private final Pipeline evalPipeline;
    private final ImageDecoder decoder;

    SessionBuilder(RunConfig config) {
        this.config = config;
        this.seed = SeedStream.of(config.seed());
        int size = config.model().imageSize();
        int channels = config.model().channels();
        trainPipeline(size); // a mistake in the transforms or layers is said before the pictures are read
        Blueprint.of(config.model(), 1).checkLayers();
        this.evalPipeline = Pipeline.of(config.transforms().eval(), size, channels);
        this.decoder = new OpenCvDecoder(DecodeLimits.ofPixels(config.data().maxPixels()));
    }

    private Pipeline trainPipeline(int size) {
        return Pipeline.of(config.transforms().train(), size, config.model().channels());
    }

    ImageDecoder decoder() {
        return decoder;
    }

    /** A network with fresh weights from the run's seed, on its device. */
    Classifier model(int classes) {
        Generators.seed(seed.derive("init").key());
        ModelOptions options = ModelOptions.of(config.model(), classes);
        Classifier model = Models.create(config.model().name(), options);
        new TrainableParts(config, model); // a mistake in what is frozen is said before the pictures are read
        model.moveTo(device());
        config.train().stages().forEach(stage -> checkSize(model, stage.size()));
        return model;
    }

    /** A network that can be trained at one size only, because its layers count pixels, says so at once. */
    private void checkSize(Classifier model, int size) {
        try {
            NoGrad.run(() -> Scope.run(() -> {
                model.eval();
                Tensor pictures = torch.zeros(1, config.model().channels(), size, size)
                        .to(device().toTorch(), torch.ScalarType.Float);
                model.forward(new ModelInput(pictures));
            }));
        } catch (RuntimeException e) {
            throw new UsageException(
                    Problem.of(
                            "training.stage_size",
                            model.architecture(),
                            size,
                            config.model().imageSize()),
                    e);
        }
    }

    /** Everything around the network. The session does not own the network. */
    Session session(RunDirectory run, RunData data, Classifier model) {
        Precision precision =
                Models.precision(config.model().name(), config.runtime().precision(), device());
        TrainableParts parts = new TrainableParts(config, model);
        return new Session(
                config,
                run,
                data.classes(),
                Engine.of(device(), precision, Preprocessing.of(config)),
                model,
                Optimizers.create(parts.rates(1), config.optimizer()),
                new ClassBalancing(config, data.train()).loss(),
                WeightAverage.of(config, model.state()),
                parts,
                plan(data.train()),
                loader(data.validation(), evalPipeline, config.loader().batchSize())
                        .build());
    }

    /** What every epoch trains on. */
    Plan plan(Dataset train) {
        ClassBalancing balancing = new ClassBalancing(config, train);
        return PlanBuilder.of(config, train.size(), stage -> trainLoader(train, stage.size(), stage.batchSize())
                .sampler(balancing.sampler(stage.batchSize(), seed.derive("order")))
                .build());
    }

    /** Augmented batches of training pictures of a size; their order is still to be said. */
    DataLoader.Builder trainLoader(Dataset train, int size, int batchSize) {
        return loader(train, trainPipeline(size), batchSize)
                .perClass(new ClassTransforms(config, train.classes()).pipelines(size));
    }

    private Device device() {
        return Device.resolve(config.runtime().device());
    }

    private DataLoader.Builder loader(Dataset dataset, Pipeline pipeline, int batchSize) {
        return DataLoader.builder(dataset, decoder, pipeline)
                .augmentSeed(seed.derive("augment"))
                .batchSize(batchSize)
                .workers(config.loader().workers())
                .prefetch(config.loader().prefetch());
    }
}
