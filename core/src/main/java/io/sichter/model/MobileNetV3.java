package io.sichter.model;

import static io.sichter.nn.Activation.HARDSWISH;
import static io.sichter.nn.Activation.RELU;

import io.sichter.model.ModelOptions.Stem;
import io.sichter.nn.Activation;
import io.sichter.nn.AdaptiveAvgPool2d;
import io.sichter.nn.BatchNorm2d;
import io.sichter.nn.Block;
import io.sichter.nn.ConvNorm;
import io.sichter.nn.Dropout;
import io.sichter.nn.Layer;
import io.sichter.nn.Linear;
import io.sichter.nn.Sequential;
import io.sichter.nn.SqueezeExcitation;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * MobileNetV3, small and large, as torchvision builds them (Howard et al., "Searching for MobileNetV3", 2019; tables 1
 * and 2).
 */
final class MobileNetV3 extends ConvNet {
    private static final BatchNorm2d.Constants NORM = new BatchNorm2d.Constants(1e-3, 0.01);
    private static final int FIRST = 16;

    /** One block of the paper's tables. */
    private record Row(int kernel, int hidden, int out, boolean squeeze, Activation activation, int stride) {}

    private static final List<Row> LARGE = List.of(
            new Row(3, 16, 16, false, RELU, 1),
            new Row(3, 64, 24, false, RELU, 2),
            new Row(3, 72, 24, false, RELU, 1),
            new Row(5, 72, 40, true, RELU, 2),
            new Row(5, 120, 40, true, RELU, 1),
            new Row(5, 120, 40, true, RELU, 1),
            new Row(3, 240, 80, false, HARDSWISH, 2),
            new Row(3, 200, 80, false, HARDSWISH, 1),
            new Row(3, 184, 80, false, HARDSWISH, 1),
            new Row(3, 184, 80, false, HARDSWISH, 1),
            new Row(3, 480, 112, true, HARDSWISH, 1),
            new Row(3, 672, 112, true, HARDSWISH, 1),
            new Row(5, 672, 160, true, HARDSWISH, 2),
            new Row(5, 960, 160, true, HARDSWISH, 1),
            new Row(5, 960, 160, true, HARDSWISH, 1));

    private static final List<Row> SMALL = List.of(
            new Row(3, 16, 16, true, RELU, 2),
            new Row(3, 72, 24, false, RELU, 2),
            new Row(3, 88, 24, false, RELU, 1),
            new Row(5, 96, 40, true, HARDSWISH, 2),
            new Row(5, 240, 40, true, HARDSWISH, 1),
            new Row(5, 240, 40, true, HARDSWISH, 1),
            new Row(5, 120, 48, true, HARDSWISH, 1),
            new Row(5, 144, 48, true, HARDSWISH, 1),
            new Row(5, 288, 96, true, HARDSWISH, 2),
            new Row(5, 576, 96, true, HARDSWISH, 1),
            new Row(5, 576, 96, true, HARDSWISH, 1));

    private final boolean large;

    MobileNetV3(String name, ModelOptions options) {
        super(name, options, features(name, options), new AdaptiveAvgPool2d(), classifier(name, options));
        large = isLarge(name);
        initialise(MobileNetV2::drawWeights);
    }

    private static boolean isLarge(String name) {
        return name.equals("mobilenet_v3_large");
    }

    private static Sequential features(String name, ModelOptions options) {
        boolean small = options.stem() == Stem.SMALL;
        SizeChain.halvings(small ? 4 : 5).require(name, options.imageSize());
        List<Layer> layers = new ArrayList<>();
        layers.add(norm(options.channels(), FIRST, 3, small ? 1 : 2, 1, HARDSWISH));
        int in = FIRST;
        for (Row row : isLarge(name) ? LARGE : SMALL) {
            layers.add(new InvertedResidual(in, row));
            in = row.out;
        }
        layers.add(norm(in, 6L * in, 1, 1, 1, HARDSWISH));
        return new Sequential(layers);
    }

    private static Sequential norm(
            long in, long out, long kernel, long stride, long groups, @Nullable Activation activation) {
        return new ConvNorm(in, out, kernel, stride, groups, NORM, activation).layer();
    }

    private static Sequential classifier(String name, ModelOptions options) {
        int hidden = isLarge(name) ? 1280 : 1024;
        return new Sequential(List.of(
                Linear.of(isLarge(name) ? 960 : 576, hidden),
                HARDSWISH.layer(),
                new Dropout(options.dropout().orElse(0.2)),
                Linear.of(hidden, options.numClasses())));
    }

    @Override
    public List<List<String>> layerGroups() {
        return groupsFrom(
                large
                        ? List.of(
                                "features.0.",
                                "features.2.",
                                "features.4.",
                                "features.7.",
                                "features.13.",
                                "classifier.")
                        : List.of(
                                "features.0.",
                                "features.1.",
                                "features.2.",
                                "features.4.",
                                "features.9.",
                                "classifier."));
    }

    @Override
    protected String layerPattern() {
        return "features\\.\\d+\\.";
    }

    /** 1x1 to more channels, depthwise, squeeze and excitation, 1x1 to few; a shortcut where shapes allow. */
    private static final class InvertedResidual extends Block {
        private final Sequential block;
        private final boolean shortcut;

        InvertedResidual(int in, Row row) {
            super("InvertedResidual");
            List<Layer> layers = new ArrayList<>();
            if (row.hidden != in) {
                layers.add(norm(in, row.hidden, 1, 1, 1, row.activation));
            }
            layers.add(norm(row.hidden, row.hidden, row.kernel, row.stride, row.hidden, row.activation));
            if (row.squeeze) {
                layers.add(new SqueezeExcitation(
                        row.hidden,
                        ChannelCount.round(row.hidden / 4.0),
                        RELU,
                        Activation.HARDSIGMOID,
                        SqueezeExcitation.Names.TORCHVISION));
            }
            layers.add(norm(row.hidden, row.out, 1, 1, 1, null));
            block = add("block", new Sequential(layers));
            shortcut = row.stride == 1 && in == row.out;
        }

        @Override
        protected Tensor forward(Tensor input) {
            Tensor x = block.apply(input);
            return shortcut ? x.add_(input) : x;
        }
    }
}
