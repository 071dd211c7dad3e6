package io.sichter.model;

import io.sichter.model.ModelOptions.NormConstants;
import io.sichter.nn.Activation;
import io.sichter.nn.AdaptiveAvgPool2d;
import io.sichter.nn.BatchNorm2d;
import io.sichter.nn.Block;
import io.sichter.nn.Conv2d;
import io.sichter.nn.Dropout;
import io.sichter.nn.Layer;
import io.sichter.nn.Linear;
import io.sichter.nn.MaxPool2d;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/**
 * A network for little memory, as course notes on astronomical frames build it in Keras: three 3x3 convolutions of 24, 48
 * and 96 channels, each followed by ReLU and batch norm, the first two by a pooling that halves the picture; the mean of
 * each map (Lin et al., "Network In Network", 2014) instead of a flattening whose weights follow the picture's size; 128
 * hidden units and dropout.
 *
 * <p>The separable variant splits the second and third convolution into one per channel and a 1x1 over all (Chollet,
 * "Xception", 2017), with an eighth of the arithmetic.
 */
final class LightCnn extends Classifier {
    private static final int[] WIDTHS = {24, 48, 96};
    private static final int HIDDEN = 128;
    private static final double DROPOUT = 0.4;
    /** eps 1e-3; a momentum of 0.99 there is 0.01 here. */
    private static final BatchNorm2d.Constants KERAS = new BatchNorm2d.Constants(1e-3, 0.01);

    private final List<Layer> convs = new ArrayList<>();
    private final List<BatchNorm2d> norms = new ArrayList<>();
    private final MaxPool2d pool;
    private final AdaptiveAvgPool2d mean;
    private final Linear fc1;
    private final Dropout dropout;
    private final Linear fc2;

    LightCnn(String name, ModelOptions options) {
        super(name, options.numClasses());
        new SizeChain().then(2, 2, 0).then(2, 2, 0).require(name, options.imageSize());
        boolean separable = name.endsWith("_separable");
        int in = options.channels();
        for (int i = 0; i < WIDTHS.length; i++) {
            Layer conv = separable && i > 0 ? new Separable(in, WIDTHS[i]) : Conv2d.of(in, WIDTHS[i], 3, 1, 1, true);
            convs.add(add("conv" + (i + 1), conv));
            BatchNorm2d.Constants constants = options.norm() == NormConstants.KERAS ? KERAS : BatchNorm2d.PYTORCH;
            norms.add(add("bn" + (i + 1), BatchNorm2d.of(WIDTHS[i], constants)));
            in = WIDTHS[i];
        }
        pool = add("pool", new MaxPool2d(2, 2, 0));
        mean = add("avgpool", new AdaptiveAvgPool2d());
        fc1 = add("fc1", Linear.of(in, HIDDEN));
        dropout = add("dropout", new Dropout(options.dropout().orElse(DROPOUT)));
        fc2 = add("fc2", Linear.of(HIDDEN, options.numClasses()));
    }

    @Override
    public Tensor forward(ModelInput input) {
        Tensor x = Activation.RELU.apply(fc1.apply(mean.apply(features(input)).flatten(1, -1)));
        return fc2.apply(dropout.apply(x));
    }

    @Override
    public Tensor features(ModelInput input) {
        Tensor x = input.images();
        for (int i = 0; i < convs.size(); i++) {
            Tensor y = i == 0 ? x : pool.apply(x);
            x = norms.get(i).apply(Activation.RELU.apply(convs.get(i).apply(y)));
        }
        return x;
    }

    @Override
    public List<List<String>> layerGroups() {
        return groupsFrom(List.of("conv1.", "fc1.", "fc2."));
    }

    @Override
    protected String headFrom() {
        return "fc1";
    }

    /** 3x3 per channel, then 1x1 over all. */
    private static final class Separable extends Block {
        private final Conv2d depthwise;
        private final Conv2d pointwise;

        Separable(long in, long out) {
            super("SeparableConv2d");
            depthwise = add("depthwise", Conv2d.grouped(in, in, 3, 1, 1, in, false));
            pointwise = add("pointwise", Conv2d.of(in, out, 1, 1, 0, true));
        }

        @Override
        protected Tensor forward(Tensor input) {
            return pointwise.apply(depthwise.apply(input));
        }
    }
}
