package io.sichter.model;

import io.sichter.error.Problem;
import io.sichter.error.UsageException;
import io.sichter.nn.Activation;
import io.sichter.nn.Conv2d;
import io.sichter.nn.Linear;
import io.sichter.nn.MaxPool2d;
import java.util.List;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;

/**
 * AlexNet with the sizes of the original paper in one column: 96 filters of 11x11, and a first linear layer of exactly
 * 9,216 inputs (Krizhevsky et al., "ImageNet Classification with Deep Convolutional Neural Networks", 2012). The 224
 * pixels the paper speaks of give 6,400; its arithmetic needs 227.
 */
final class AlexNetClassic extends Classifier {
    private static final int SIDE = 6;
    private static final int MAPS = 256;
    private static final int HIDDEN = 4096;
    private static final SizeChain SIZES =
            new SizeChain().then(11, 4, 0).then(3, 2, 0).then(3, 2, 0).then(3, 2, 0);

    private final List<Conv2d> convs;
    private final MaxPool2d maxpool;
    private final Linear fc1;
    private final Linear fc2;
    private final Linear fc3;

    AlexNetClassic(String name, ModelOptions options) {
        super(name, options.numClasses());
        requireSize(name, options.imageSize());
        Conv2d conv1 = add("conv1", Conv2d.of(options.channels(), 96, 11, 4, 0, true));
        maxpool = add("maxpool", new MaxPool2d(3, 2, 0));
        convs = List.of(
                conv1,
                add("conv2", Conv2d.of(96, 256, 5, 1, 2, true)),
                add("conv3", Conv2d.of(256, 384, 3, 1, 1, true)),
                add("conv4", Conv2d.of(384, 384, 3, 1, 1, true)),
                add("conv5", Conv2d.of(384, MAPS, 3, 1, 1, true)));
        fc1 = add("fc1", Linear.of((long) MAPS * SIDE * SIDE, HIDDEN));
        fc2 = add("fc2", Linear.of(HIDDEN, HIDDEN));
        fc3 = add("fc3", Linear.of(HIDDEN, options.numClasses()));
    }

    private static void requireSize(String name, int imageSize) {
        int side = SIZES.last(imageSize);
        if (side != SIDE) {
            int[] fitting = IntStream.rangeClosed(1, 512)
                    .filter(size -> SIZES.last(size) == SIDE)
                    .toArray();
            throw new UsageException(Problem.of(
                    "model.fixed_features",
                    name,
                    "fc1",
                    Integer.toString(MAPS * SIDE * SIDE),
                    Integer.toString(MAPS * side * side),
                    Integer.toString(imageSize),
                    SIZES.arithmetic(imageSize),
                    Integer.toString(fitting[0]),
                    SIZES.arithmetic(fitting[0]),
                    Integer.toString(fitting[fitting.length - 1])));
        }
    }

    @Override
    public Tensor forward(ModelInput input) {
        Tensor x = maxpool.apply(features(input)).flatten(1, -1);
        x = Activation.RELU.apply(fc1.apply(x));
        return fc3.apply(Activation.RELU.apply(fc2.apply(x)));
    }

    @Override
    public Tensor features(ModelInput input) {
        Tensor x = input.images();
        for (int i = 0; i < convs.size(); i++) {
            x = Activation.RELU.apply(convs.get(i).apply(i == 1 || i == 2 ? maxpool.apply(x) : x));
        }
        return x;
    }

    @Override
    public List<List<String>> layerGroups() {
        return groupsFrom(List.of("conv1.", "fc1.", "fc3."));
    }

    @Override
    protected String headFrom() {
        return "fc1";
    }
}
