package io.sichter.evaluate;

import io.sichter.dataset.ClassIndex;
import io.sichter.model.Classifier;
import io.sichter.model.ModelOptions;
import io.sichter.model.Models;
import io.sichter.run.ModelBundle;
import io.sichter.run.Preprocessing;
import io.sichter.run.RunDirectory;
import io.sichter.tensor.Device;
import io.sichter.tensor.Precision;
import io.sichter.tensor.Scope;
import io.sichter.train.Bundles;
import io.sichter.train.Engine;
import io.sichter.train.Weights;
import io.sichter.transform.Pipeline;
import java.nio.file.Path;

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
        Preprocessing preprocessing = bundle.preprocessing();
        Pipeline pipeline =
                Pipeline.of(preprocessing.transforms(), preprocessing.imageSize(), preprocessing.channels());
        Device device = Device.resolve("auto");
        // What was trained in fp32 is judged in fp32; bf16 needs a processor that has it.
        String trained = bundle.provenance().getOrDefault("precision", "auto");
        Precision precision = Precision.resolve(trained.equals("fp32") ? "fp32" : "auto", device);
        return new LoadedModel(
                bundle,
                new ClassIndex(bundle.classes()),
                classifier(bundle, device),
                Engine.of(device, precision, preprocessing),
                pipeline);
    }

    private static Classifier classifier(ModelBundle bundle, Device device) {
        ModelOptions options = new ModelOptions(
                bundle.classes().size(),
                bundle.preprocessing().channels(),
                bundle.preprocessing().imageSize());
        Classifier model = Models.create(bundle.architecture(), options);
        try (Scope scope = Scope.open()) {
            model.state().load(Weights.toData(bundle.readWeights()));
        }
        model.moveTo(device);
        model.eval();
        return model;
    }

    @Override
    public void close() {
        engine.close();
        model.close();
    }
}
