package io.sichter.model;

import io.sichter.nn.Activation;
import io.sichter.nn.AdaptiveAvgPool2d;
import io.sichter.nn.Conv2d;
import io.sichter.nn.Dropout;
import io.sichter.nn.Linear;
import io.sichter.nn.MaxPool2d;
import io.sichter.nn.Sequential;
import java.util.List;

/**
 * AlexNet as torchvision builds it: one column, 64 filters in the first layer (Krizhevsky, "One weird trick for
 * parallelizing convolutional neural networks", 2014).
 */
final class AlexNet extends ConvNet {
    private static final int POOLED = 6;
    private static final int HIDDEN = 4096;

    AlexNet(String name, ModelOptions options) {
        super(name, options, features(name, options), new AdaptiveAvgPool2d(POOLED), classifier(options));
    }

    private static Sequential features(String name, ModelOptions options) {
        new SizeChain().then(11, 4, 2).then(3, 2, 0).then(3, 2, 0).then(3, 2, 0).require(name, options.imageSize());
        return new Sequential(List.of(
                Conv2d.of(options.channels(), 64, 11, 4, 2, true),
                Activation.RELU.layer(),
                new MaxPool2d(3, 2, 0),
                Conv2d.of(64, 192, 5, 1, 2, true),
                Activation.RELU.layer(),
                new MaxPool2d(3, 2, 0),
                Conv2d.of(192, 384, 3, 1, 1, true),
                Activation.RELU.layer(),
                Conv2d.of(384, 256, 3, 1, 1, true),
                Activation.RELU.layer(),
                Conv2d.of(256, 256, 3, 1, 1, true),
                Activation.RELU.layer(),
                new MaxPool2d(3, 2, 0)));
    }

    private static Sequential classifier(ModelOptions options) {
        double dropped = options.dropout().orElse(0.5);
        return new Sequential(List.of(
                new Dropout(dropped),
                Linear.of(256L * POOLED * POOLED, HIDDEN),
                Activation.RELU.layer(),
                new Dropout(dropped),
                Linear.of(HIDDEN, HIDDEN),
                Activation.RELU.layer(),
                Linear.of(HIDDEN, options.numClasses())));
    }

    @Override
    public List<List<String>> layerGroups() {
        return groupsFrom(List.of("features.", "classifier.1.", "classifier.6."));
    }

    @Override
    protected String deepFrom() {
        return "features.6.";
    }
}
