package io.sichter.evaluate;

import io.sichter.config.ClassesConfig;
import io.sichter.config.LayerSpec;
import io.sichter.config.Normalization;
import io.sichter.config.RunConfig;
import io.sichter.dataset.ClassIndex;
import io.sichter.image.Image;
import io.sichter.model.Blueprint;
import io.sichter.model.Classifier;
import io.sichter.model.Folding;
import io.sichter.model.ModelInput;
import io.sichter.model.ModelOptions;
import io.sichter.model.ModelOptions.NormConstants;
import io.sichter.model.ModelOptions.Stem;
import io.sichter.model.Models;
import io.sichter.model.PretrainedWeights;
import io.sichter.model.PretrainedWeights.FirstLayer;
import io.sichter.model.PretrainedWeights.Head;
import io.sichter.run.EnsembleBundle;
import io.sichter.run.ModelBundle;
import io.sichter.run.Preprocessing;
import io.sichter.run.RunDirectory;
import io.sichter.storage.WeightsFile;
import io.sichter.tensor.Device;
import io.sichter.tensor.Generators;
import io.sichter.tensor.Precision;
import io.sichter.tensor.Scope;
import io.sichter.train.Bundles;
import io.sichter.train.Engine;
import io.sichter.train.Weights;
import io.sichter.transform.Pipeline;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * A bundle brought to life: the network on its device in evaluation mode, and the way of a picture to it.
 *
 * @param bundle what was loaded
 * @param classes names of the outputs
 * @param model the network
 * @param engine where and how it computes
 * @param pipeline from decoded picture to the network's size
 */
record LoadedModel(ModelBundle bundle, ClassIndex classes, Classifier model, Engine engine, Pipeline pipeline)
        implements AutoCloseable {
    /** Loads a run, or a bundle that was moved elsewhere, made ready for many pictures. */
    static LoadedModel open(Path runOrBundle) {
        return EnsembleBundle.isEnsemble(runOrBundle)
                ? Ensemble.open(runOrBundle)
                : asTrained(runOrBundle).folded();
    }

    /** Loads a bundle that was read, made ready for many pictures. */
    static LoadedModel open(ModelBundle bundle) {
        return asTrained(bundle).folded();
    }

    /** Loads a run, or a bundle, with the layers and weights that were trained. */
    static LoadedModel asTrained(Path runOrBundle) {
        return asTrained(
                ModelBundle.isBundle(runOrBundle)
                        ? ModelBundle.read(runOrBundle)
                        : Bundles.ofRun(RunDirectory.open(runOrBundle)));
    }

    private static LoadedModel asTrained(ModelBundle bundle) {
        Device device = Device.resolve("auto");
        // What was trained in fp32 is judged in fp32; bf16 needs a processor that has it.
        String trained = bundle.provenance().getOrDefault("precision", "auto");
        String requested = trained.equals("fp32") ? "fp32" : "auto";
        return of(
                bundle,
                classifier(bundle),
                Models.inferencePrecision(bundle.architecture(), requested, device),
                device);
    }

    /**
     * Published weights, as they are.
     *
     * @param imageNet what the 1,000 classes of ImageNet are to be called, if the weights do not name their classes
     * @throws io.sichter.error.UsageException if the normalisation is neither named nor recorded
     */
    static LoadedModel published(PublishedModel published, List<String> imageNet) {
        WeightsFile file = WeightsFile.read(published.weights().file());
        Preprocessing preprocessing = published.preprocessing(file);
        String name = published.architecture();
        List<String> classes = file.labels().isEmpty() ? imageNet : file.labels();
        ModelBundle bundle = new ModelBundle(
                name,
                Map.of(),
                classes,
                ClassesConfig.defaults(),
                preprocessing,
                Map.of(),
                Map.of(),
                file.file(),
                published.weights().sha256());
        Classifier model = Models.create(
                name, new ModelOptions(classes.size(), preprocessing.channels(), preprocessing.imageSize()));
        new PretrainedWeights(file).loadInto(model, new Head.Exact(), FirstLayer.EXACT);
        Device device = Device.resolve("auto");
        return of(bundle, model, Models.inferencePrecision(name, "auto", device), device);
    }

    private static LoadedModel of(ModelBundle bundle, Classifier model, Precision precision, Device device) {
        Preprocessing preprocessing = bundle.preprocessing();
        model.moveTo(device);
        model.eval();
        return new LoadedModel(
                bundle,
                new ClassIndex(bundle.classes()),
                model,
                Engine.of(device, precision, preprocessing),
                Pipeline.of(preprocessing.transforms(), preprocessing.imageSize(), preprocessing.channels()));
    }

    /** The same, with the batch norms worked into the convolutions in front of them; this one is not to be used any more. */
    LoadedModel folded() {
        Preprocessing preprocessing = bundle.preprocessing();
        Folding.fold(model, 1, preprocessing.channels(), preprocessing.imageSize(), preprocessing.imageSize());
        return this;
    }

    /** The network of a bundle, without its weights. */
    static Blueprint blueprint(ModelBundle bundle) {
        ModelOptions options = new ModelOptions(
                        bundle.classes().size(),
                        bundle.preprocessing().channels(),
                        bundle.preprocessing().imageSize())
                .with("small".equals(bundle.options().get("stem")) ? Stem.SMALL : Stem.IMAGENET)
                .with("keras".equals(bundle.options().get("norm")) ? NormConstants.KERAS : NormConstants.USUAL)
                .with(
                        "concat_pool".equals(bundle.options().get("head"))
                                ? ModelOptions.Head.CONCAT_POOL
                                : ModelOptions.Head.LINEAR)
                .with(LayerSpec.read(bundle.options().getOrDefault("layers", "[]")));
        return new Blueprint(bundle.architecture(), options);
    }

    private static Classifier classifier(ModelBundle bundle) {
        Blueprint blueprint = blueprint(bundle);
        Classifier model = Models.create(blueprint.architecture(), blueprint.options());
        try (Scope scope = Scope.open()) {
            model.state().load(Weights.toData(bundle.readWeights()));
        }
        return model;
    }

    /** A network with weights as they are drawn, which gets pictures normalised as ImageNet's, or to -1..1 if not in colour. */
    static LoadedModel fresh(Blueprint blueprint) {
        ModelOptions options = blueprint.options();
        Preprocessing usual = PublishedModel.preprocessing(
                options.imageSize(),
                options.channels(),
                options.channels() == 3 ? Normalization.IMAGENET : Normalization.even(0.5, 0.5, options.channels()));
        ModelBundle bundle = new ModelBundle(
                blueprint.architecture(),
                Map.of(),
                IntStream.range(0, options.numClasses())
                        .mapToObj(Integer::toString)
                        .toList(),
                ClassesConfig.defaults(),
                usual,
                Map.of(),
                Map.of(),
                Path.of(""),
                "");
        Generators.seed(RunConfig.defaults().seed());
        Classifier model = Models.create(blueprint.architecture(), options);
        return of(bundle, model, Precision.FP32, Device.resolve("auto"));
    }

    /** A prepared picture as the network gets it, owned by the caller's scope. */
    ModelInput input(Image image) {
        byte[] bytes = image.toBytes();
        ByteBuffer pixels = ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
        return new ModelInput(engine.normalizer().apply(pixels, 1, 1, image.height(), image.width(), image.channels()));
    }

    @Override
    public void close() {
        engine.close();
        model.close();
    }
}
