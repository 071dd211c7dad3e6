package io.sichter.evaluate;

import io.sichter.config.ClassesConfig;
import io.sichter.dataset.ClassIndex;
import io.sichter.dataset.ImageNet;
import io.sichter.model.Classifier;
import io.sichter.model.Folding;
import io.sichter.model.ModelOptions;
import io.sichter.model.ModelOptions.NormConstants;
import io.sichter.model.ModelOptions.Stem;
import io.sichter.model.Models;
import io.sichter.model.PretrainedWeights;
import io.sichter.model.PretrainedWeights.FirstLayer;
import io.sichter.model.PretrainedWeights.Head;
import io.sichter.run.ModelBundle;
import io.sichter.run.Preprocessing;
import io.sichter.run.RunDirectory;
import io.sichter.storage.WeightsFile;
import io.sichter.tensor.Device;
import io.sichter.tensor.Precision;
import io.sichter.tensor.Scope;
import io.sichter.train.Bundles;
import io.sichter.train.Engine;
import io.sichter.train.Weights;
import io.sichter.transform.Pipeline;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

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
    /** Loads a run, or a bundle that was moved elsewhere. */
    static LoadedModel open(Path runOrBundle) {
        ModelBundle bundle = ModelBundle.isBundle(runOrBundle)
                ? ModelBundle.read(runOrBundle)
                : Bundles.ofRun(RunDirectory.open(runOrBundle));
        Device device = Device.resolve("auto");
        // What was trained in fp32 is judged in fp32; bf16 needs a processor that has it.
        String trained = bundle.provenance().getOrDefault("precision", "auto");
        String requested = trained.equals("fp32") ? "fp32" : "auto";
        return of(bundle, classifier(bundle), Models.precision(bundle.architecture(), requested, device), device);
    }

    /**
     * Published weights for the 1,000 classes of ImageNet.
     *
     * @throws io.sichter.error.UsageException if the normalisation is neither named nor recorded
     */
    static LoadedModel published(PublishedModel published) {
        WeightsFile file = WeightsFile.read(published.weights());
        Preprocessing preprocessing = published.preprocessing(file.statistics());
        String name = published.architecture();
        List<String> classes = ImageNet.wordNetIds();
        ModelBundle bundle = new ModelBundle(
                name,
                Map.of(),
                classes,
                ClassesConfig.defaults(),
                preprocessing,
                Map.of(),
                Map.of(),
                published.weights(),
                "");
        Classifier model = Models.create(
                name, new ModelOptions(classes.size(), preprocessing.channels(), preprocessing.imageSize()));
        new PretrainedWeights(file).loadInto(model, new Head.Exact(), FirstLayer.EXACT);
        Device device = Device.resolve("auto");
        return of(bundle, model, Models.precision(name, "auto", device), device);
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

    private static Classifier classifier(ModelBundle bundle) {
        ModelOptions options = new ModelOptions(
                        bundle.classes().size(),
                        bundle.preprocessing().channels(),
                        bundle.preprocessing().imageSize())
                .with("small".equals(bundle.options().get("stem")) ? Stem.SMALL : Stem.IMAGENET)
                .with("keras".equals(bundle.options().get("norm")) ? NormConstants.KERAS : NormConstants.USUAL)
                .with(
                        "concat_pool".equals(bundle.options().get("head"))
                                ? ModelOptions.Head.CONCAT_POOL
                                : ModelOptions.Head.LINEAR);
        Classifier model = Models.create(bundle.architecture(), options);
        try (Scope scope = Scope.open()) {
            model.state().load(Weights.toData(bundle.readWeights()));
        }
        return model;
    }

    /**
     * The same with batch norms worked into the convolutions in front of them, for those who look at the scores alone:
     * what the layers in between give is another thing then.
     */
    LoadedModel folded() {
        int size = bundle.preprocessing().imageSize();
        Folding.fold(model, 1, bundle.preprocessing().channels(), size, size);
        return new LoadedModel(bundle, classes, model, engine, pipeline);
    }

    @Override
    public void close() {
        engine.close();
        model.close();
    }
}
