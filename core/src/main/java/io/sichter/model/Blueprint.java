package io.sichter.model;

import io.sichter.config.ModelConfig;

/**
 * A network without weights: all that is needed to build one.
 *
 * @param architecture registered name, or {@link ModelConfig#OWN_LAYERS}
 * @param options what it is built for
 */
public record Blueprint(String architecture, ModelOptions options) {
    /** What a configuration asks for; {@code auto} first layers are those for its picture size. */
    public static Blueprint of(ModelConfig config, int classes) {
        ModelOptions options = ModelOptions.of(config, classes);
        boolean small = config.stem().equals("auto") && !config.hasWeights();
        return new Blueprint(
                config.name(), small ? options.with(Models.stem(config.name(), config.imageSize())) : options);
    }

    /**
     * Says what is wrong with the layers of a network of one's own, before the classes are known.
     *
     * @throws io.sichter.error.UsageException as {@link Models#create}
     */
    public void checkLayers() {
        if (!options.layers().isEmpty()) {
            LayerPlan.shapes(options);
        }
    }

    /** The same for another number of outputs. */
    public Blueprint withClasses(int classes) {
        return new Blueprint(architecture, options.with(classes, options.imageSize()));
    }

    /** The same for pictures of another height and width in pixels. */
    public Blueprint withImageSize(int imageSize) {
        return new Blueprint(architecture, options.with(options.numClasses(), imageSize));
    }

    /**
     * Layers, shapes, parameters and arithmetic.
     *
     * @throws io.sichter.error.UsageException as {@link Models#summary}
     */
    public ModelSummary summary() {
        return Models.summary(architecture, options);
    }

    /**
     * What it computes, step by step.
     *
     * @throws io.sichter.error.UsageException as {@link Models#graph}
     */
    public NetworkGraph graph() {
        return Models.graph(architecture, options);
    }
}
