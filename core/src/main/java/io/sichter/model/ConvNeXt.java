package io.sichter.model;

import io.sichter.nn.Activation;
import io.sichter.nn.AdaptiveAvgPool2d;
import io.sichter.nn.Block;
import io.sichter.nn.Conv2d;
import io.sichter.nn.Flatten;
import io.sichter.nn.Initial;
import io.sichter.nn.Layer;
import io.sichter.nn.LayerNorm;
import io.sichter.nn.Linear;
import io.sichter.nn.Permute;
import io.sichter.nn.Sequential;
import io.sichter.nn.StochasticDepth;
import io.sichter.tensor.Scope;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** ConvNeXt-Tiny as torchvision builds it (Liu et al., "A ConvNet for the 2020s", 2022). */
final class ConvNeXt extends Classifier {
    private static final int[] WIDTHS = {96, 192, 384, 768};
    private static final int[] DEPTHS = {3, 3, 9, 3};
    private static final double DROP_PATH = 0.1;
    private static final double LAYER_SCALE = 1e-6;

    private final Sequential features;
    private final AdaptiveAvgPool2d avgpool;
    private final Sequential classifier;

    ConvNeXt(String name, ModelOptions options) {
        super(name, options.numClasses());
        new SizeChain().then(4, 4, 0).then(2, 2, 0).then(2, 2, 0).then(2, 2, 0).require(name, options.imageSize());
        features = add("features", features(options));
        avgpool = add("avgpool", new AdaptiveAvgPool2d());
        classifier = add(
                "classifier",
                new Sequential(List.of(
                        LayerNorm.ofMaps(WIDTHS[3]), new Flatten(), Linear.of(WIDTHS[3], options.numClasses()))));
        initialise(weighted -> {
            Initial.normal(weighted.weight(), 0.02); // torchvision cuts at 2, a hundred deviations away
            weighted.zeroBias();
        });
    }

    private static Sequential features(ModelOptions options) {
        int total = java.util.Arrays.stream(DEPTHS).sum();
        double[] shares = StochasticDepth.line(options.dropPath().orElse(DROP_PATH), total, total - 1);
        List<Layer> layers = new ArrayList<>();
        layers.add(new Sequential(
                List.of(Conv2d.of(options.channels(), WIDTHS[0], 4, 4, 0, true), LayerNorm.ofMaps(WIDTHS[0]))));
        int block = 0;
        for (int stage = 0; stage < WIDTHS.length; stage++) {
            List<Layer> blocks = new ArrayList<>();
            for (int i = 0; i < DEPTHS[stage]; i++) {
                blocks.add(CnBlock.of(WIDTHS[stage], shares[block++]));
            }
            layers.add(new Sequential(blocks));
            if (stage < WIDTHS.length - 1) {
                layers.add(new Sequential(List.of(
                        LayerNorm.ofMaps(WIDTHS[stage]), Conv2d.of(WIDTHS[stage], WIDTHS[stage + 1], 2, 2, 0, true))));
            }
        }
        return new Sequential(layers);
    }

    @Override
    public Tensor forward(ModelInput input) {
        return classifier.apply(avgpool.apply(features(input)));
    }

    @Override
    public Tensor features(ModelInput input) {
        return features.apply(input.images());
    }

    @Override
    public List<List<String>> layerGroups() {
        return groupsFrom(List.of("features.0.", "features.2.", "features.4.", "features.6.", "classifier."));
    }

    @Override
    protected String layerPattern() {
        return "features\\.1\\.\\d+\\.|features\\.[246]\\.|features\\.[357]\\.[1-9]\\d*\\.";
    }

    /** 7x7 depthwise, layer norm, 1x1 to four times the channels, GELU, 1x1 back; scaled, around it a shortcut. */
    private static final class CnBlock extends Block {
        private final Tensor layerScale;
        private final Sequential block;
        private final StochasticDepth depth;

        static CnBlock of(int width, double share) {
            return Scope.call(() -> new CnBlock(width, share));
        }

        private CnBlock(int width, double share) {
            super("CNBlock");
            layerScale = parameter("layer_scale", torch.ones(width, 1, 1).mul_(new Scalar(LAYER_SCALE)));
            block = add(
                    "block",
                    new Sequential(List.of(
                            Conv2d.grouped(width, width, 7, 1, 3, width, true),
                            new Permute(0, 2, 3, 1),
                            LayerNorm.of(width),
                            Linear.of(width, 4L * width),
                            Activation.GELU.layer(),
                            Linear.of(4L * width, width),
                            new Permute(0, 3, 1, 2))));
            depth = add("stochastic_depth", new StochasticDepth(share));
        }

        @Override
        protected Tensor forward(Tensor input) {
            return depth.apply(layerScale.mul(block.apply(input))).add_(input);
        }

        @Override
        public void close() {
            layerScale.close();
            super.close();
        }
    }
}
