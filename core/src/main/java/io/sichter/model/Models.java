package io.sichter.model;

import io.sichter.nn.Skeleton;
import io.sichter.registry.Registry;
import io.sichter.tensor.Scope;
import java.util.List;

/** The architectures by name. */
public final class Models {
    private static final Registry<ModelFactory> REGISTRY = new Registry<ModelFactory>("model")
            .register("simple_cnn", SimpleCnn::new)
            .register("resnet18", ResNet::new)
            .register("resnet34", ResNet::new)
            .register("resnet50", ResNet::new);

    private Models() {}

    /** Names of all architectures. */
    public static List<String> names() {
        return REGISTRY.names();
    }

    /**
     * Builds a network with fresh weights drawn from libtorch's generator (see {@code Generators.seed}), on the
     * processor, in training mode.
     *
     * @return the network, owned by the caller, who closes it
     * @throws io.sichter.error.UsageException if there is no such name, or the pictures are too small for the network
     */
    public static Classifier create(String name, ModelOptions options) {
        ModelFactory factory = REGISTRY.get(name);
        return Scope.call(() -> Scope.release(factory.create(name, options)));
    }

    /**
     * Layers, shapes, parameters and megabytes of an architecture, without drawing or storing its weights.
     *
     * @throws io.sichter.error.UsageException if there is no such name, or the pictures are too small for the network
     */
    public static ModelSummary summary(String name, ModelOptions options) {
        try (Classifier model = Skeleton.call(() -> create(name, options))) {
            return ModelSummary.of(model, options);
        }
    }
}
