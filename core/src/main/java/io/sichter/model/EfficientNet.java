package io.sichter.model;

import static io.sichter.nn.Activation.SILU;

import io.sichter.model.ModelOptions.Stem;
import io.sichter.nn.Activation;
import io.sichter.nn.AdaptiveAvgPool2d;
import io.sichter.nn.BatchNorm2d;
import io.sichter.nn.Block;
import io.sichter.nn.Conv2d;
import io.sichter.nn.ConvNorm;
import io.sichter.nn.Dropout;
import io.sichter.nn.Initial;
import io.sichter.nn.Layer;
import io.sichter.nn.Linear;
import io.sichter.nn.Sequential;
import io.sichter.nn.SqueezeExcitation;
import io.sichter.nn.StochasticDepth;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/**
 * EfficientNet B0 to B3 and V2-S as torchvision builds them (Tan and Le, "EfficientNet: Rethinking Model Scaling for
 * Convolutional Neural Networks", 2019, table 1; "EfficientNetV2: Smaller Models and Faster Training", 2021, table 4).
 */
final class EfficientNet extends ConvNet {
    private static final double DROP_PATH = 0.2;

    /** One stage of the papers' tables; a fused one has a whole convolution where others have a depthwise one. */
    private record Stage(boolean fused, int expansion, int kernel, int stride, int out, int blocks) {}

    private static final List<Stage> V1 = List.of(
            new Stage(false, 1, 3, 1, 16, 1),
            new Stage(false, 6, 3, 2, 24, 2),
            new Stage(false, 6, 5, 2, 40, 2),
            new Stage(false, 6, 3, 2, 80, 3),
            new Stage(false, 6, 5, 1, 112, 3),
            new Stage(false, 6, 5, 2, 192, 4),
            new Stage(false, 6, 3, 1, 320, 1));

    private static final List<Stage> V2_S = List.of(
            new Stage(true, 1, 3, 1, 24, 2),
            new Stage(true, 4, 3, 2, 48, 4),
            new Stage(true, 4, 3, 2, 64, 4),
            new Stage(false, 4, 3, 2, 128, 6),
            new Stage(false, 6, 3, 1, 160, 9),
            new Stage(false, 6, 3, 2, 256, 15));

    /** What the members of the family differ in. */
    private record Variant(
            List<Stage> stages, int first, int last, double width, double depth, double dropout, double eps) {
        static Variant of(String name) {
            return switch (name) {
                case "efficientnet_b0" -> new Variant(V1, 32, 1280, 1.0, 1.0, 0.2, 1e-5);
                case "efficientnet_b1" -> new Variant(V1, 32, 1280, 1.0, 1.1, 0.2, 1e-5);
                case "efficientnet_b2" -> new Variant(V1, 32, 1280, 1.1, 1.2, 0.3, 1e-5);
                case "efficientnet_b3" -> new Variant(V1, 32, 1280, 1.2, 1.4, 0.3, 1e-5);
                default -> new Variant(V2_S, 24, 1280, 1.0, 1.0, 0.2, 1e-3);
            };
        }

        int channels(int ofWidthOne) {
            return ChannelCount.round(ofWidthOne * width);
        }

        /** The last convolution of version 1 grows with the width, that of version 2 does not. */
        int lastChannels() {
            return stages == V1 ? 4 * channels(last / 4) : last;
        }

        int blocks(Stage stage) {
            return (int) Math.ceil(stage.blocks * depth);
        }

        BatchNorm2d.Constants norm() {
            return new BatchNorm2d.Constants(eps, 0.1);
        }
    }

    private final int stages;

    EfficientNet(String name, ModelOptions options) {
        super(name, options, features(name, options), new AdaptiveAvgPool2d(), classifier(name, options));
        stages = Variant.of(name).stages.size();
        initialise(weighted -> {
            if (weighted instanceof Conv2d) {
                Initial.kaimingNormalFanOut(weighted.weight());
            } else {
                Initial.uniform(weighted.weight(), 1 / Math.sqrt(options.numClasses()));
            }
            weighted.zeroBias();
        });
    }

    private static Sequential features(String name, ModelOptions options) {
        boolean small = options.stem() == Stem.SMALL;
        SizeChain.halvings(small ? 4 : 5).require(name, options.imageSize());
        Variant variant = Variant.of(name);
        int total = variant.stages.stream().mapToInt(variant::blocks).sum();
        double[] shares = StochasticDepth.line(options.dropPath().orElse(DROP_PATH), total, total);
        List<Layer> layers = new ArrayList<>();
        int in = variant.channels(variant.first);
        layers.add(new ConvNorm(options.channels(), in, 3, small ? 1 : 2, 1, variant.norm(), SILU).layer());
        int block = 0;
        for (Stage stage : variant.stages) {
            List<Layer> blocks = new ArrayList<>();
            int out = variant.channels(stage.out);
            for (int i = 0; i < variant.blocks(stage); i++) {
                int stride = i == 0 ? stage.stride : 1;
                blocks.add(new MbConv(stage, in, out, stride, shares[block++], variant.norm()));
                in = out;
            }
            layers.add(new Sequential(blocks));
        }
        layers.add(new ConvNorm(in, variant.lastChannels(), 1, 1, 1, variant.norm(), SILU).layer());
        return new Sequential(layers);
    }

    private static Sequential classifier(String name, ModelOptions options) {
        Variant variant = Variant.of(name);
        return new Sequential(List.of(
                new Dropout(options.dropout().orElse(variant.dropout)),
                Linear.of(variant.lastChannels(), options.numClasses())));
    }

    @Override
    public List<List<String>> layerGroups() {
        List<String> starts = new ArrayList<>();
        for (int i = 0; i <= stages; i++) {
            starts.add("features." + i + ".");
        }
        starts.add("classifier.");
        return groupsFrom(starts);
    }

    @Override
    protected String layerPattern() {
        return "features\\.[1-" + stages + "]\\.\\d+\\.";
    }

    /** Expansion, depthwise convolution (or both in one), squeeze and excitation, projection; a shortcut if shapes allow. */
    private static final class MbConv extends Block {
        private final Sequential block;
        private final StochasticDepth depth;
        private final boolean shortcut;

        MbConv(Stage stage, int in, int out, int stride, double share, BatchNorm2d.Constants norm) {
            super(stage.fused ? "FusedMBConv" : "MBConv");
            int hidden = stage.expansion == 1 ? in : ChannelCount.round(in * stage.expansion);
            block = add(
                    "block",
                    new Sequential(
                            stage.fused
                                    ? fused(stage, in, hidden, out, stride, norm)
                                    : separable(stage, in, hidden, out, stride, norm)));
            depth = add("stochastic_depth", new StochasticDepth(share));
            shortcut = stride == 1 && in == out;
        }

        private static List<Layer> fused(
                Stage stage, int in, int hidden, int out, int stride, BatchNorm2d.Constants norm) {
            if (hidden == in) {
                return List.of(new ConvNorm(in, out, stage.kernel, stride, 1, norm, SILU).layer());
            }
            return List.of(
                    new ConvNorm(in, hidden, stage.kernel, stride, 1, norm, SILU).layer(),
                    new ConvNorm(hidden, out, 1, 1, 1, norm, null).layer());
        }

        private static List<Layer> separable(
                Stage stage, int in, int hidden, int out, int stride, BatchNorm2d.Constants norm) {
            List<Layer> layers = new ArrayList<>();
            if (hidden != in) {
                layers.add(new ConvNorm(in, hidden, 1, 1, 1, norm, SILU).layer());
            }
            layers.add(new ConvNorm(hidden, hidden, stage.kernel, stride, hidden, norm, SILU).layer());
            layers.add(new SqueezeExcitation(
                    hidden, Math.max(1, in / 4), SILU, Activation.SIGMOID, SqueezeExcitation.Names.TORCHVISION));
            layers.add(new ConvNorm(hidden, out, 1, 1, 1, norm, null).layer());
            return layers;
        }

        @Override
        protected Tensor forward(Tensor input) {
            Tensor x = block.apply(input);
            return shortcut ? depth.apply(x).add_(input) : x;
        }
    }
}
