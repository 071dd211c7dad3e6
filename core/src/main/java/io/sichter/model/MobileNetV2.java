package io.sichter.model;

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
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/**
 * MobileNetV2 of width 1 as torchvision builds it (Sandler et al., "MobileNetV2: Inverted Residuals and Linear
 * Bottlenecks", 2018).
 */
final class MobileNetV2 extends ConvNet {
    private static final int LAST = 1280;

    /** Expansion, channels, blocks, stride of the first: the paper's table 2. */
    private static final int[][] STAGES = {
        {1, 16, 1, 1}, {6, 24, 2, 2}, {6, 32, 3, 2}, {6, 64, 4, 2}, {6, 96, 3, 1}, {6, 160, 3, 2}, {6, 320, 1, 1}
    };

    MobileNetV2(String name, ModelOptions options) {
        super(name, options, features(name, options), new AdaptiveAvgPool2d(), classifier(options));
        initialise(MobileNetV2::drawWeights);
    }

    /** The initial weights that the two MobileNets share. */
    static void drawWeights(io.sichter.nn.Weighted weighted) {
        if (weighted instanceof Conv2d) {
            Initial.kaimingNormalFanOut(weighted.weight());
        } else {
            Initial.normal(weighted.weight(), 0.01);
        }
        weighted.zeroBias();
    }

    private static Sequential features(String name, ModelOptions options) {
        boolean small = options.stem() == Stem.SMALL;
        SizeChain.halvings(small ? 4 : 5).require(name, options.imageSize());
        List<Layer> layers = new ArrayList<>();
        layers.add(norm(options.channels(), 32, 3, small ? 1 : 2, 1, Activation.RELU6));
        int in = 32;
        for (int[] stage : STAGES) {
            for (int i = 0; i < stage[2]; i++) {
                layers.add(new InvertedResidual(in, stage[1], i == 0 ? stage[3] : 1, stage[0]));
                in = stage[1];
            }
        }
        layers.add(norm(in, LAST, 1, 1, 1, Activation.RELU6));
        return new Sequential(layers);
    }

    private static Sequential norm(long in, long out, long kernel, long stride, long groups, Activation activation) {
        return new ConvNorm(in, out, kernel, stride, groups, BatchNorm2d.PYTORCH, activation).layer();
    }

    private static Sequential classifier(ModelOptions options) {
        return new Sequential(
                List.of(new Dropout(options.dropout().orElse(0.2)), Linear.of(LAST, options.numClasses())));
    }

    @Override
    public List<List<String>> layerGroups() {
        return groupsFrom(
                List.of("features.0.", "features.2.", "features.4.", "features.7.", "features.14.", "classifier."));
    }

    @Override
    protected String layerPattern() {
        return "features\\.([1-9]|1[0-7])\\.";
    }

    /** 1x1 to more channels, 3x3 depthwise, 1x1 to few channels; around it a shortcut where shapes allow. */
    private static final class InvertedResidual extends Block {
        private final Sequential conv;
        private final boolean shortcut;

        InvertedResidual(int in, int out, int stride, int expansion) {
            super("InvertedResidual");
            int hidden = in * expansion;
            List<Layer> layers = new ArrayList<>();
            if (expansion != 1) {
                layers.add(norm(in, hidden, 1, 1, 1, Activation.RELU6));
            }
            layers.add(norm(hidden, hidden, 3, stride, hidden, Activation.RELU6));
            layers.add(Conv2d.of(hidden, out, 1, 1, 0, false));
            layers.add(BatchNorm2d.of(out));
            conv = add("conv", new Sequential(layers));
            shortcut = stride == 1 && in == out;
        }

        @Override
        protected Tensor forward(Tensor input) {
            Tensor x = conv.apply(input);
            return shortcut ? x.add_(input) : x;
        }
    }
}
