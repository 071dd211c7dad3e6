package io.sichter.model;

import io.sichter.model.ModelOptions.Stem;
import io.sichter.nn.Activation;
import io.sichter.nn.AdaptiveAvgPool2d;
import io.sichter.nn.BatchNorm2d;
import io.sichter.nn.Block;
import io.sichter.nn.Conv2d;
import io.sichter.nn.Initial;
import io.sichter.nn.Layer;
import io.sichter.nn.Linear;
import io.sichter.nn.MaxPool2d;
import io.sichter.nn.Sequential;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * ResNet-18, -34, -50 and -101 as torchvision builds them: same names, same initial distributions; the larger two in
 * version 1.5, where the 3x3 convolution of a bottleneck has the stride (He et al., "Deep Residual Learning for Image Recognition",
 * 2016). For small pictures the first convolution is 3x3 with stride 1 and no pooling follows, as in the paper's networks
 * for CIFAR-10.
 */
final class ResNet extends Classifier {
    private final Conv2d conv1;
    private final BatchNorm2d bn1;
    private final Layer relu;
    private final @Nullable MaxPool2d maxpool;
    private final List<Sequential> stages = new ArrayList<>();
    private final AdaptiveAvgPool2d avgpool;
    private final Linear fc;

    ResNet(String name, ModelOptions options) {
        super(name, options.numClasses());
        boolean small = options.stem() == Stem.SMALL;
        SizeChain.halvings(small ? 3 : 5).require(name, options.imageSize());
        boolean bottleneck = name.equals("resnet50") || name.equals("resnet101");
        int[] depths =
                switch (name) {
                    case "resnet18" -> new int[] {2, 2, 2, 2};
                    case "resnet101" -> new int[] {3, 4, 23, 3};
                    default -> new int[] {3, 4, 6, 3};
                };
        conv1 = add("conv1", small ? conv(options.channels(), 64, 3, 1) : conv(options.channels(), 64, 7, 2));
        bn1 = add("bn1", BatchNorm2d.of(64));
        relu = add("relu", Activation.RELU.layer());
        maxpool = small ? null : add("maxpool", new MaxPool2d(3, 2, 1));
        int in = 64;
        for (int stage = 0; stage < 4; stage++) {
            List<Layer> blocks = new ArrayList<>();
            for (int i = 0; i < depths[stage]; i++) {
                int stride = stage > 0 && i == 0 ? 2 : 1;
                blocks.add(block(bottleneck, in, 64 << stage, stride));
                in = (bottleneck ? Bottleneck.EXPANSION : 1) * (64 << stage);
            }
            stages.add(add("layer" + (stage + 1), new Sequential(blocks)));
        }
        avgpool = add("avgpool", new AdaptiveAvgPool2d());
        fc = add("fc", Linear.of(in, options.numClasses()));
        // after everything was made, as torchvision does: the same seed then draws the same weights
        initialise(weighted -> {
            if (weighted instanceof Conv2d) {
                Initial.kaimingNormalFanOut(weighted.weight());
            }
        });
    }

    private static Layer block(boolean bottleneck, int in, int width, int stride) {
        return bottleneck ? new Bottleneck(in, width, stride) : new BasicBlock(in, width, stride);
    }

    private static Conv2d conv(long in, long out, long kernel, long stride) {
        return Conv2d.of(in, out, kernel, stride, kernel / 2, false);
    }

    @Override
    public Tensor forward(ModelInput input) {
        return fc.apply(avgpool.apply(features(input)).flatten(1, -1));
    }

    @Override
    public Tensor features(ModelInput input) {
        Tensor x = relu.apply(bn1.apply(conv1.apply(input.images())));
        x = maxpool == null ? x : maxpool.apply(x);
        for (Sequential stage : stages) {
            x = stage.apply(x);
        }
        return x;
    }

    @Override
    public List<List<String>> layerGroups() {
        return groupsFrom(List.of("conv1.", "layer1.", "layer2.", "layer3.", "layer4.", "fc."));
    }

    @Override
    protected String layerPattern() {
        return "layer\\d\\.\\d+\\.";
    }

    @Override
    protected String deepFrom() {
        return "layer3.";
    }

    /** A 1x1 convolution and batch norm that bring the input to the shape of the output; null where it has it. */
    private static @Nullable Sequential shortcut(long in, long out, long stride) {
        return stride == 1 && in == out ? null : new Sequential(List.of(conv(in, out, 1, stride), BatchNorm2d.of(out)));
    }

    /** Two 3x3 convolutions around a shortcut. */
    private static final class BasicBlock extends Block {
        private final Conv2d conv1;
        private final BatchNorm2d bn1;
        private final Layer relu;
        private final Conv2d conv2;
        private final BatchNorm2d bn2;
        private final @Nullable Sequential downsample;

        BasicBlock(long in, long width, long stride) {
            super("BasicBlock");
            conv1 = add("conv1", conv(in, width, 3, stride));
            bn1 = add("bn1", BatchNorm2d.of(width));
            relu = add("relu", Activation.RELU.layer());
            conv2 = add("conv2", conv(width, width, 3, 1));
            bn2 = add("bn2", BatchNorm2d.of(width));
            Sequential shortcut = shortcut(in, width, stride);
            downsample = shortcut == null ? null : add("downsample", shortcut);
        }

        @Override
        protected Tensor forward(Tensor input) {
            Tensor x = relu.apply(bn1.apply(conv1.apply(input)));
            x = bn2.apply(conv2.apply(x));
            Tensor identity = downsample == null ? input : downsample.apply(input);
            return relu.apply(x.add_(identity));
        }
    }

    /** 1x1, 3x3 and 1x1 convolutions around a shortcut. */
    private static final class Bottleneck extends Block {
        static final int EXPANSION = 4;

        private final Conv2d conv1;
        private final BatchNorm2d bn1;
        private final Conv2d conv2;
        private final BatchNorm2d bn2;
        private final Conv2d conv3;
        private final BatchNorm2d bn3;
        private final Layer relu;
        private final @Nullable Sequential downsample;

        Bottleneck(long in, long width, long stride) {
            super("Bottleneck");
            long out = EXPANSION * width;
            conv1 = add("conv1", conv(in, width, 1, 1));
            bn1 = add("bn1", BatchNorm2d.of(width));
            conv2 = add("conv2", conv(width, width, 3, stride));
            bn2 = add("bn2", BatchNorm2d.of(width));
            conv3 = add("conv3", conv(width, out, 1, 1));
            bn3 = add("bn3", BatchNorm2d.of(out));
            relu = add("relu", Activation.RELU.layer());
            Sequential shortcut = shortcut(in, out, stride);
            downsample = shortcut == null ? null : add("downsample", shortcut);
        }

        @Override
        protected Tensor forward(Tensor input) {
            Tensor x = relu.apply(bn1.apply(conv1.apply(input)));
            x = relu.apply(bn2.apply(conv2.apply(x)));
            x = bn3.apply(conv3.apply(x));
            Tensor identity = downsample == null ? input : downsample.apply(input);
            return relu.apply(x.add_(identity));
        }
    }
}
