package io.sichter.model;

import io.sichter.nn.Activation;
import io.sichter.nn.AdaptiveAvgPool2d;
import io.sichter.nn.BatchNorm2d;
import io.sichter.nn.Conv2d;
import io.sichter.nn.Dropout;
import io.sichter.nn.Initial;
import io.sichter.nn.Layer;
import io.sichter.nn.Linear;
import io.sichter.nn.MaxPool2d;
import io.sichter.nn.Sequential;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * VGG with 11, 13, 16 or 19 layers, with and without batch norm, as torchvision builds it (Simonyan and Zisserman, "Very
 * Deep Convolutional Networks for Large-Scale Image Recognition", 2015; the paper's configurations A, B, D and E).
 */
final class Vgg extends ConvNet {
    private static final int POOLED = 7;
    private static final int HIDDEN = 4096;
    private static final int DEEP = 22;
    private static final int[] WIDTHS = {64, 128, 256, 512, 512};

    Vgg(String name, ModelOptions options) {
        super(name, options, features(name, options), new AdaptiveAvgPool2d(POOLED), classifier(options));
        initialise(weighted -> {
            if (weighted instanceof Conv2d) {
                Initial.kaimingNormalFanOut(weighted.weight());
            } else {
                Initial.normal(weighted.weight(), 0.01);
            }
            weighted.zeroBias();
        });
    }

    /** Convolutions in each stage; a pooling follows each. */
    private static int[] depths(String name) {
        return switch (name.replace("_bn", "")) {
            case "vgg11" -> new int[] {1, 1, 2, 2, 2};
            case "vgg13" -> new int[] {2, 2, 2, 2, 2};
            case "vgg16" -> new int[] {2, 2, 3, 3, 3};
            default -> new int[] {2, 2, 4, 4, 4};
        };
    }

    private static Sequential features(String name, ModelOptions options) {
        SizeChain sizes = new SizeChain();
        IntStream.range(0, WIDTHS.length).forEach(stage -> sizes.then(2, 2, 0));
        sizes.require(name, options.imageSize());
        List<Layer> layers = new ArrayList<>();
        int[] depths = depths(name);
        int in = options.channels();
        for (int stage = 0; stage < WIDTHS.length; stage++) {
            for (int i = 0; i < depths[stage]; i++) {
                layers.add(Conv2d.of(in, WIDTHS[stage], 3, 1, 1, true));
                if (name.endsWith("_bn")) {
                    layers.add(BatchNorm2d.of(WIDTHS[stage]));
                }
                layers.add(Activation.RELU.layer());
                in = WIDTHS[stage];
            }
            layers.add(new MaxPool2d(2, 2, 0));
        }
        return new Sequential(layers);
    }

    private static Sequential classifier(ModelOptions options) {
        double dropped = options.dropout().orElse(0.5);
        return new Sequential(List.of(
                Linear.of(512L * POOLED * POOLED, HIDDEN),
                Activation.RELU.layer(),
                new Dropout(dropped),
                Linear.of(HIDDEN, HIDDEN),
                Activation.RELU.layer(),
                new Dropout(dropped),
                Linear.of(HIDDEN, options.numClasses())));
    }

    @Override
    public List<List<String>> layerGroups() {
        return groupsFrom(List.of("features.", "classifier.0.", "classifier.6."));
    }

    /** fastai splits all of them at the same number. */
    @Override
    protected String deepFrom() {
        return state().parameters().keySet().stream()
                .filter(name -> name.startsWith("classifier.") || Integer.parseInt(name.split("\\.", -1)[1]) >= DEEP)
                .findFirst()
                .orElseThrow();
    }
}
