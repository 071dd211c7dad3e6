package io.sichter.model;

import static io.sichter.nn.Activation.SILU;

import io.sichter.model.ModelOptions.Stem;
import io.sichter.nn.Activation;
import io.sichter.nn.BatchNorm2d;
import io.sichter.nn.Block;
import io.sichter.nn.Conv2d;
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
import org.bytedeco.pytorch.global.torch;

/**
 * EfficientNetV2-B0 as timm builds its {@code tf_efficientnetv2_b0}: with TensorFlow's padding and constants, so that
 * the weights of its authors fit (Tan and Le, "EfficientNetV2: Smaller Models and Faster Training", 2021).
 */
final class EfficientNetV2 extends Classifier {
    private static final BatchNorm2d.Constants NORM = new BatchNorm2d.Constants(1e-3, 0.1);
    private static final int FIRST = 32;
    private static final int LAST = 1280;

    /** What a block is made of. */
    private enum Kind {
        /** One convolution. */
        PLAIN,
        /** A whole convolution to more channels, 1x1 to few. */
        FUSED,
        /** 1x1 to more channels, depthwise, squeeze and excitation, 1x1 to few. */
        SEPARABLE
    }

    /** One stage; all kernels are 3x3. */
    private record Stage(Kind kind, int expansion, int stride, int out, int blocks) {}

    private static final List<Stage> STAGES = List.of(
            new Stage(Kind.PLAIN, 1, 1, 16, 1),
            new Stage(Kind.FUSED, 4, 2, 32, 2),
            new Stage(Kind.FUSED, 4, 2, 48, 2),
            new Stage(Kind.SEPARABLE, 4, 2, 96, 3),
            new Stage(Kind.SEPARABLE, 6, 1, 112, 5),
            new Stage(Kind.SEPARABLE, 6, 2, 192, 8));

    private final Conv2d stem;
    private final BatchNorm2d bn1;
    private final Sequential blocks;
    private final Conv2d head;
    private final BatchNorm2d bn2;
    private final Dropout dropout;
    private final Linear classifier;

    EfficientNetV2(String name, ModelOptions options) {
        super(name, options.numClasses());
        boolean small = options.stem() == Stem.SMALL;
        SizeChain.halvings(small ? 4 : 5).require(name, options.imageSize());
        stem = add("conv_stem", Conv2d.same(options.channels(), FIRST, 3, small ? 1 : 2, 1));
        bn1 = add("bn1", BatchNorm2d.of(FIRST, NORM));
        blocks = add("blocks", blocks(options));
        head = add("conv_head", Conv2d.same(STAGES.get(STAGES.size() - 1).out, LAST, 1, 1, 1));
        bn2 = add("bn2", BatchNorm2d.of(LAST, NORM));
        dropout = add("dropout", new Dropout(options.dropout().orElse(0)));
        classifier = add("classifier", Linear.of(LAST, options.numClasses()));
        initialise(weighted -> {
            if (weighted instanceof Conv2d conv) {
                Initial.kaimingNormalFanOut(conv.weight(), conv.groups());
            } else {
                Initial.uniform(weighted.weight(), 1 / Math.sqrt(options.numClasses()));
            }
            weighted.zeroBias();
        });
    }

    private static Sequential blocks(ModelOptions options) {
        int total = STAGES.stream().mapToInt(Stage::blocks).sum();
        double[] shares = StochasticDepth.line(options.dropPath().orElse(0), total, total);
        List<Layer> stages = new ArrayList<>();
        int in = FIRST;
        int block = 0;
        for (Stage stage : STAGES) {
            List<Layer> layers = new ArrayList<>();
            for (int i = 0; i < stage.blocks; i++) {
                layers.add(new Residual(stage, in, i == 0 ? stage.stride : 1, shares[block++]));
                in = stage.out;
            }
            stages.add(new Sequential(layers));
        }
        return new Sequential(stages);
    }

    @Override
    public Tensor forward(ModelInput input) {
        Tensor x = torch.adaptive_avg_pool2d(features(input), 1, 1).flatten(1, -1);
        return classifier.apply(dropout.apply(x));
    }

    @Override
    public Tensor features(ModelInput input) {
        Tensor x = SILU.apply(bn1.apply(stem.apply(input.images())));
        return SILU.apply(bn2.apply(head.apply(blocks.apply(x))));
    }

    @Override
    public List<List<String>> layerGroups() {
        List<String> starts = new ArrayList<>(List.of("conv_stem."));
        for (int i = 0; i < STAGES.size(); i++) {
            starts.add("blocks." + i + ".");
        }
        starts.addAll(List.of("conv_head.", "classifier."));
        return groupsFrom(starts);
    }

    @Override
    protected String layerPattern() {
        return "blocks\\.\\d\\.\\d+\\.";
    }

    @Override
    protected String headFrom() {
        return "dropout";
    }

    /** Convolutions with batch norms, SiLU after all but the projection; a shortcut where shapes allow. */
    private static final class Residual extends Block {
        private final List<Layer> steps = new ArrayList<>();
        private final StochasticDepth depth;
        private final boolean shortcut;

        Residual(Stage stage, int in, int stride, double share) {
            super(stage.kind.name());
            int hidden = in * stage.expansion;
            switch (stage.kind) {
                case PLAIN -> step("conv", Conv2d.same(in, stage.out, 3, stride, 1), "bn1", stage.out, true);
                case FUSED -> {
                    step("conv_exp", Conv2d.same(in, hidden, 3, stride, 1), "bn1", hidden, true);
                    step("conv_pwl", Conv2d.same(hidden, stage.out, 1, 1, 1), "bn2", stage.out, false);
                }
                case SEPARABLE -> {
                    step("conv_pw", Conv2d.same(in, hidden, 1, 1, 1), "bn1", hidden, true);
                    step("conv_dw", Conv2d.same(hidden, hidden, 3, stride, hidden), "bn2", hidden, true);
                    steps.add(add(
                            "se",
                            new SqueezeExcitation(
                                    hidden, in / 4, SILU, Activation.SIGMOID, SqueezeExcitation.Names.TIMM)));
                    step("conv_pwl", Conv2d.same(hidden, stage.out, 1, 1, 1), "bn3", stage.out, false);
                }
            }
            depth = add("drop_path", new StochasticDepth(share));
            shortcut = stage.kind != Kind.PLAIN && stride == 1 && in == stage.out;
        }

        private void step(String conv, Conv2d layer, String norm, int out, boolean activated) {
            steps.add(add(conv, layer));
            steps.add(add(norm, BatchNorm2d.of(out, NORM)));
            if (activated) {
                steps.add(SILU.layer());
            }
        }

        @Override
        protected Tensor forward(Tensor input) {
            Tensor x = input;
            for (Layer step : steps) {
                x = step.apply(x);
            }
            return shortcut ? depth.apply(x).add_(input) : x;
        }
    }
}
