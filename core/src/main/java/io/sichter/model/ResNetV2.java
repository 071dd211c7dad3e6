package io.sichter.model;

import io.sichter.nn.Activation;
import io.sichter.nn.AdaptiveAvgPool2d;
import io.sichter.nn.BatchNorm2d;
import io.sichter.nn.Block;
import io.sichter.nn.Conv2d;
import io.sichter.nn.Dropout;
import io.sichter.nn.Flatten;
import io.sichter.nn.Initial;
import io.sichter.nn.Layer;
import io.sichter.nn.MaxPool2d;
import io.sichter.nn.NamedSequential;
import io.sichter.nn.Sequential;
import io.sichter.nn.StochasticDepth;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * ResNet-50 with batch norm and ReLU ahead of each convolution, as timm builds its {@code resnetv2_50} (He et al.,
 * "Identity Mappings in Deep Residual Networks", 2016), the stride in the 3x3 convolution.
 */
final class ResNetV2 extends Classifier {
    private static final int[] DEPTHS = {3, 4, 6, 3};
    private static final int[] WIDTHS = {256, 512, 1024, 2048};
    private static final int FIRST = 64;

    private final NamedSequential stem;
    private final Sequential stages;
    private final BatchNorm2d norm;
    private final NamedSequential head;

    ResNetV2(String name, ModelOptions options) {
        super(name, options.numClasses());
        SizeChain.halvings(5).require(name, options.imageSize());
        int last = WIDTHS[WIDTHS.length - 1];
        Conv2d first = Conv2d.of(options.channels(), FIRST, 7, 2, 3, false);
        stem = add("stem", new NamedSequential(ordered("conv", first, "pool", new MaxPool2d(3, 2, 1))));
        stages = add("stages", stages(options.dropPath().orElse(0)));
        norm = add("norm", BatchNorm2d.of(last));
        Map<String, Layer> layers = new LinkedHashMap<>();
        layers.put("global_pool", new AdaptiveAvgPool2d());
        layers.put("drop", new Dropout(options.dropout().orElse(0)));
        layers.put("fc", Conv2d.of(last, options.numClasses(), 1, 1, 0, true));
        layers.put("flatten", new Flatten());
        head = add("head", new NamedSequential(layers));
        Layer classifier = layers.get("fc");
        initialise(weighted -> {
            if (weighted == classifier) {
                Initial.normal(weighted.weight(), 0.01);
            } else {
                Initial.kaimingNormalFanOut(weighted.weight());
            }
            weighted.zeroBias();
        });
    }

    private static Map<String, Layer> ordered(String name, Layer layer, String nextName, Layer next) {
        Map<String, Layer> layers = new LinkedHashMap<>();
        layers.put(name, layer);
        layers.put(nextName, next);
        return layers;
    }

    private static Sequential stages(double dropPath) {
        int total = java.util.Arrays.stream(DEPTHS).sum();
        double[] shares = StochasticDepth.line(dropPath, total, total - 1);
        List<Layer> stages = new ArrayList<>();
        int in = FIRST;
        int block = 0;
        for (int stage = 0; stage < DEPTHS.length; stage++) {
            List<Layer> blocks = new ArrayList<>();
            for (int i = 0; i < DEPTHS[stage]; i++) {
                int stride = stage > 0 && i == 0 ? 2 : 1;
                blocks.add(new Bottleneck(in, WIDTHS[stage], stride, i == 0, shares[block++]));
                in = WIDTHS[stage];
            }
            stages.add(new NamedSequential(Map.of("blocks", new Sequential(blocks))));
        }
        return new Sequential(stages);
    }

    @Override
    public Tensor forward(ModelInput input) {
        return head.apply(features(input));
    }

    @Override
    public Tensor features(ModelInput input) {
        return Activation.RELU.apply(norm.apply(stages.apply(stem.apply(input.images()))));
    }

    @Override
    public List<List<String>> layerGroups() {
        return groupsFrom(List.of("stem.", "stages.0.", "stages.1.", "stages.2.", "stages.3.", "head."));
    }

    @Override
    protected String layerPattern() {
        return "stages\\.\\d\\.blocks\\.\\d+\\.";
    }

    /** Norm, ReLU and convolution three times; the shortcut goes around all, from behind the first ReLU if it widens. */
    private static final class Bottleneck extends Block {
        private final @Nullable NamedSequential downsample;
        private final List<BatchNorm2d> norms = new ArrayList<>();
        private final List<Conv2d> convs = new ArrayList<>();
        private final StochasticDepth depth;

        Bottleneck(int in, int out, int stride, boolean widens, double share) {
            super("PreActBottleneck");
            int width = out / 4;
            downsample = widens
                    ? add("downsample", new NamedSequential(Map.of("conv", Conv2d.of(in, out, 1, stride, 0, false))))
                    : null;
            norms.add(add("norm1", BatchNorm2d.of(in)));
            convs.add(add("conv1", Conv2d.of(in, width, 1, 1, 0, false)));
            norms.add(add("norm2", BatchNorm2d.of(width)));
            convs.add(add("conv2", Conv2d.of(width, width, 3, stride, 1, false)));
            norms.add(add("norm3", BatchNorm2d.of(width)));
            convs.add(add("conv3", Conv2d.of(width, out, 1, 1, 0, false)));
            depth = add("drop_path", new StochasticDepth(share));
        }

        @Override
        protected Tensor forward(Tensor input) {
            Tensor x = Activation.RELU.apply(norms.get(0).apply(input));
            Tensor shortcut = downsample == null ? input : downsample.apply(x);
            x = convs.get(0).apply(x);
            for (int i = 1; i < convs.size(); i++) {
                x = convs.get(i).apply(Activation.RELU.apply(norms.get(i).apply(x)));
            }
            return depth.apply(x).add_(shortcut);
        }
    }
}
