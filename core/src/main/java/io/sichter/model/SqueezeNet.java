package io.sichter.model;

import io.sichter.nn.Activation;
import io.sichter.nn.AdaptiveAvgPool2d;
import io.sichter.nn.Block;
import io.sichter.nn.Conv2d;
import io.sichter.nn.Dropout;
import io.sichter.nn.Initial;
import io.sichter.nn.Layer;
import io.sichter.nn.MaxPool2d;
import io.sichter.nn.Sequential;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * SqueezeNet 1.1 as torchvision builds it; its classifier is a convolution before the last pooling (Iandola et al.,
 * "SqueezeNet: AlexNet-level accuracy with 50x fewer parameters", 2016).
 */
final class SqueezeNet extends Classifier {
    private final Sequential features;
    private final Sequential classifier;

    SqueezeNet(String name, ModelOptions options) {
        super(name, options.numClasses());
        new SizeChain()
                .then(3, 2, 0)
                .thenRoundedUp(3, 2)
                .thenRoundedUp(3, 2)
                .thenRoundedUp(3, 2)
                .require(name, options.imageSize());
        features = add("features", features(options));
        Conv2d last = Conv2d.of(512, options.numClasses(), 1, 1, 0, true);
        classifier = add(
                "classifier",
                new Sequential(List.of(
                        new Dropout(options.dropout().orElse(0.5)),
                        last,
                        Activation.RELU.layer(),
                        new AdaptiveAvgPool2d())));
        initialise(weighted -> {
            if (weighted == last) {
                Initial.normal(weighted.weight(), 0.01);
            } else {
                Initial.kaimingUniformFanIn(weighted.weight());
            }
            weighted.zeroBias();
        });
    }

    private static Sequential features(ModelOptions options) {
        return new Sequential(List.of(
                Conv2d.of(options.channels(), 64, 3, 2, 0, true),
                Activation.RELU.layer(),
                new MaxPool2d(3, 2, 0, true),
                new Fire(64, 16, 64),
                new Fire(128, 16, 64),
                new MaxPool2d(3, 2, 0, true),
                new Fire(128, 32, 128),
                new Fire(256, 32, 128),
                new MaxPool2d(3, 2, 0, true),
                new Fire(256, 48, 192),
                new Fire(384, 48, 192),
                new Fire(384, 64, 256),
                new Fire(512, 64, 256)));
    }

    @Override
    public Tensor forward(ModelInput input) {
        return classifier.apply(features(input)).flatten(1, -1);
    }

    @Override
    public Tensor features(ModelInput input) {
        return features.apply(input.images());
    }

    @Override
    public List<List<String>> layerGroups() {
        return groupsFrom(List.of("features.0.", "features.6.", "features.9.", "classifier."));
    }

    @Override
    protected String layerPattern() {
        return "features\\.\\d+\\.";
    }

    @Override
    protected String deepFrom() {
        return "features.6.";
    }

    /** A 1x1 convolution to few channels, then 1x1 and 3x3 convolutions side by side. */
    private static final class Fire extends Block {
        private final Conv2d squeeze;
        private final Layer squeezeActivation;
        private final Conv2d expand1x1;
        private final Layer expand1x1Activation;
        private final Conv2d expand3x3;
        private final Layer expand3x3Activation;

        Fire(long in, long squeezed, long expanded) {
            super("Fire");
            squeeze = add("squeeze", Conv2d.of(in, squeezed, 1, 1, 0, true));
            squeezeActivation = add("squeeze_activation", Activation.RELU.layer());
            expand1x1 = add("expand1x1", Conv2d.of(squeezed, expanded, 1, 1, 0, true));
            expand1x1Activation = add("expand1x1_activation", Activation.RELU.layer());
            expand3x3 = add("expand3x3", Conv2d.of(squeezed, expanded, 3, 1, 1, true));
            expand3x3Activation = add("expand3x3_activation", Activation.RELU.layer());
        }

        @Override
        protected Tensor forward(Tensor input) {
            Tensor x = squeezeActivation.apply(squeeze.apply(input));
            TensorVector both = new TensorVector(
                    expand1x1Activation.apply(expand1x1.apply(x)), expand3x3Activation.apply(expand3x3.apply(x)));
            return torch.cat(both, 1);
        }
    }
}
