package io.sichter.model;

import io.sichter.nn.Layer;
import io.sichter.nn.Sequential;
import org.bytedeco.pytorch.Tensor;

/**
 * A network of torchvision's usual form: {@code features}, a pooling, {@code classifier} on one row per picture.
 */
abstract class ConvNet extends Classifier {
    private final Sequential features;
    private final Layer pool;
    private final Sequential classifier;

    /** For families. Arguments are made in this order, which is that of torchvision's random numbers. */
    ConvNet(String name, ModelOptions options, Sequential features, Layer pool, Sequential classifier) {
        super(name, options.numClasses());
        this.features = add("features", features);
        this.pool = add("avgpool", pool);
        this.classifier = add("classifier", classifier);
    }

    @Override
    public final Tensor forward(ModelInput input) {
        return classifier.apply(pool.apply(features(input)).flatten(1, -1));
    }

    @Override
    public final Tensor features(ModelInput input) {
        return features.apply(input.images());
    }
}
